/// Finds bytes that are no UTF-8.
enum UTF8Validity {
    /// The offset of the first byte that breaks the encoding, or nil.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        // Nearly all bodies are valid: the library's quick check first, the slow search only for the message.
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var position = 0
        while position < bytes.count {
            let length =
                switch bytes[position] {
                case 0x00...0x7f: 1
                case 0xc2...0xdf: 2
                case 0xe0...0xef: 3
                case 0xf0...0xf4: 4
                default: 0
                }
            guard length > 0, position + length <= bytes.count,
                String(validating: bytes[position..<position + length], as: UTF8.self) != nil
            else { return position }
            position += length
        }
        return nil
    }
}
