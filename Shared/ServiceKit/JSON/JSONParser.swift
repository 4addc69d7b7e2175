/// Reads one JSON text (RFC 8259), stricter than most: no two members of one name, bounded depth, valid UTF-8, nothing
/// behind the end. What passes here means the same to every reader.
struct JSONParser {
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    mutating func parse() throws(JSONSyntaxError) -> JSONNode {
        guard !self.bytes.isEmpty else { throw self.error("the body is empty") }
        if let invalid = UTF8Validity.firstInvalidByte(in: self.bytes) {
            throw JSONSyntaxError(offset: invalid, reason: "this is no UTF-8")
        }
        self.skipSpace()
        let node = try self.value(depth: 0)
        self.skipSpace()
        if self.position < self.bytes.count { throw self.error("something follows the end of the value") }
        return node
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONNode {
        guard depth <= Self.maximumDepth else { throw self.error("nested deeper than \(Self.maximumDepth)") }
        switch self.peek {
        case nil: throw self.error("the text ends too early")
        case UInt8(ascii: "{"): return .object(try self.object(depth: depth))
        case UInt8(ascii: "["): return .array(try self.array(depth: depth))
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "t"): return try self.word("true", .bool(true))
        case UInt8(ascii: "f"): return try self.word("false", .bool(false))
        case UInt8(ascii: "n"): return try self.word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte:
            return .number(try self.number())
        default: throw self.error("a value is expected here")
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> [String: JSONNode] {
        self.position += 1
        self.skipSpace()
        var members: [String: JSONNode] = [:]
        if self.take("}") { return members }
        while true {
            guard self.peek == UInt8(ascii: "\"") else { throw self.error("a member's name is expected here") }
            let start = self.position
            let name = try self.string()
            self.skipSpace()
            guard self.take(":") else { throw self.error("a colon is expected here") }
            self.skipSpace()
            guard members.updateValue(try self.value(depth: depth + 1), forKey: name) == nil else {
                throw JSONSyntaxError(offset: start, reason: "two members have the same name")
            }
            self.skipSpace()
            if self.take("}") { return members }
            guard self.take(",") else { throw self.error("a comma or the end of the object is expected here") }
            self.skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [JSONNode] {
        self.position += 1
        self.skipSpace()
        var elements: [JSONNode] = []
        if self.take("]") { return elements }
        while true {
            elements.append(try self.value(depth: depth + 1))
            self.skipSpace()
            if self.take("]") { return elements }
            guard self.take(",") else { throw self.error("a comma or the end of the list is expected here") }
            self.skipSpace()
        }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        self.position += 1
        let start = self.position
        // Most strings have no escape and are taken as they stand.
        while let byte = self.peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { self.position += 1 }
        if self.take("\"") { return String(decoding: self.bytes[start..<self.position - 1], as: UTF8.self) }
        var content = Array(self.bytes[start..<self.position])
        while let byte = self.peek {
            switch byte {
            case UInt8(ascii: "\""):
                self.position += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try self.escape(into: &content)
            case 0..<0x20:
                throw self.error("a control character must be escaped")
            default:
                content.append(byte)
                self.position += 1
            }
        }
        throw self.error("the string does not end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONSyntaxError) {
        self.position += 1
        guard let byte = self.peek else { throw self.error("the string does not end") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0c)
        case UInt8(ascii: "n"): content.append(0x0a)
        case UInt8(ascii: "r"): content.append(0x0d)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: try self.unicodeEscape().utf8)
        default: throw self.error("this escape does not exist")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> String {
        var unit = try self.hexQuad()
        if 0xd800...0xdbff ~= unit {
            guard self.take("\\"), self.take("u") else { throw self.error("half of a surrogate pair") }
            let low = try self.hexQuad()
            guard 0xdc00...0xdfff ~= low else { throw self.error("half of a surrogate pair") }
            unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(unit) else { throw self.error("half of a surrogate pair") }
        return String(Character(scalar))
    }

    private mutating func hexQuad() throws(JSONSyntaxError) -> UInt32 {
        guard self.position + 4 <= self.bytes.count,
            self.bytes[self.position..<self.position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: self.bytes[self.position..<self.position + 4], as: UTF8.self), radix: 16)
        else { throw self.error("four hexadecimal digits are expected here") }
        self.position += 4
        return unit
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = self.position
        _ = self.take("-")
        if !self.take("0") { try self.digits() }
        if self.take(".") { try self.digits() }
        if self.take("e") || self.take("E") {
            if !self.take("+") { _ = self.take("-") }
            try self.digits()
        }
        return String(decoding: self.bytes[start..<self.position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = self.position
        while let byte = self.peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { self.position += 1 }
        if self.position == start { throw self.error("a digit is expected here") }
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(JSONSyntaxError) -> JSONNode {
        guard self.bytes[self.position...].starts(with: word.utf8) else { throw self.error("a value is expected here") }
        self.position += word.utf8.count
        return node
    }

    private var peek: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.peek == UInt8(ascii: character) else { return false }
        self.position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = self.peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { self.position += 1 }
    }

    private func error(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: self.position, reason: reason)
    }
}
