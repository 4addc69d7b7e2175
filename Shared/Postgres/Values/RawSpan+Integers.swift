extension RawSpan {
    /// The big-endian integer at an offset, which the caller has checked.
    func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int = 0, as type: Value.Type = Value.self) -> Value {
        Value(bigEndian: unsafe self.unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// All bytes as text. Ill-formed UTF-8 cannot come: the connection's encoding is UTF8.
    func string() -> String {
        unsafe self.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    func array() -> [UInt8] {
        unsafe self.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
