/// Where a value writes its binary form: big-endian, as the protocol demands.
public struct PostgresBuffer: Sendable {
    private(set) var bytes: [UInt8] = []

    /// How many bytes were written.
    public var count: Int { self.bytes.count }

    /// Appends an integer in network byte order.
    public mutating func write<Value: FixedWidthInteger>(_ value: Value) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    public mutating func write(_ bytes: some Sequence<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// Appends a string as UTF-8.
    public mutating func write(_ string: String) {
        self.bytes.append(contentsOf: string.utf8)
    }

    /// Appends a length that is known only after `body` has written what it measures.
    mutating func writeWithLengthPrefix(_ body: (inout PostgresBuffer) -> Void) {
        let start = self.bytes.count
        self.write(Int32(0))
        body(&self)
        let length = UInt32(self.bytes.count - start - 4)
        for (offset, shift) in [24, 16, 8, 0].enumerated() {
            self.bytes[start + offset] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
        }
    }
}
