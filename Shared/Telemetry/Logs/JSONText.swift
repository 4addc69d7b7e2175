import Logging

/// Bytes of a JSON text that is written front to back, without a tree in between.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Keys whose values are never written, compared with the last part of a dotted key.
    static let redactedKeys: Set<String> = [
        "authorization", "card", "card_number", "cookie", "cvc", "email", "name", "password", "phone", "refresh_token", "secret",
        "token",
    ]

    init(capacity: Int = 128) {
        self.bytes.reserveCapacity(capacity)
    }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// Appends members that were written before, without their braces.
    mutating func continuing(with members: [UInt8]) {
        self.comma()
        self.bytes.append(contentsOf: members)
    }

    mutating func field(_ key: String, _ value: String) {
        self.key(key)
        self.string(value)
        self.needsComma = true
    }

    mutating func object(_ key: String, _ members: (inout JSONText) -> Void) {
        self.key(key)
        self.raw("{")
        self.needsComma = false
        members(&self)
        self.raw("}")
        self.needsComma = true
    }

    mutating func field(_ key: String, metadata value: Logger.MetadataValue) {
        self.key(key)
        let last = key.utf8.lastIndex(of: UInt8(ascii: ".")).map { key[key.utf8.index(after: $0)...] } ?? key[...]
        if Self.redactedKeys.contains(String(last)) {
            self.string("[redacted]")
        } else {
            self.value(value)
        }
        self.needsComma = true
    }

    private mutating func value(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self.string(text)
        case .stringConvertible(let convertible): self.string(convertible.description)
        case .array(let values):
            self.raw("[")
            for (index, value) in values.enumerated() {
                if index > 0 { self.raw(",") }
                self.value(value)
            }
            self.raw("]")
        case .dictionary(let members):
            self.raw("{")
            self.needsComma = false
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                self.field(key, metadata: member)
            }
            self.raw("}")
        }
    }

    private mutating func key(_ key: String) {
        self.comma()
        self.string(key)
        self.raw(":")
    }

    private mutating func comma() {
        if self.needsComma { self.raw(",") }
        self.needsComma = true
    }

    private mutating func string(_ text: String) {
        self.raw("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): self.raw("\\\"")
            case UInt8(ascii: "\\"): self.raw("\\\\")
            case UInt8(ascii: "\n"): self.raw("\\n")
            case UInt8(ascii: "\r"): self.raw("\\r")
            case UInt8(ascii: "\t"): self.raw("\\t")
            case 0..<0x20:
                self.raw("\\u00")
                self.bytes.append(HexDigits.lower[Int(byte >> 4)])
                self.bytes.append(HexDigits.lower[Int(byte & 0xf)])
            default: self.bytes.append(byte)
            }
        }
        self.raw("\"")
    }
}
