/// The canonical lower-case text of 16 bytes.
enum UUIDText {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(of bytes: RawSpan) throws -> String {
        guard bytes.byteCount == 16 else { throw String.mismatch(.uuid, bytes.byteCount) }
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for position in 0..<16 {
            if [4, 6, 8, 10].contains(position) { text.append(UInt8(ascii: "-")) }
            let byte = bytes.bigEndian(at: position, as: UInt8.self)
            text.append(Self.digits[Int(byte >> 4)])
            text.append(Self.digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
