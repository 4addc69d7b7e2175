/// A stock-keeping unit: the shop's code for one sellable product.
///
/// 1 to 64 characters of ASCII letters, digits, `.`, `_` and `-`, starting with a letter or digit; case matters.
/// The alphabet needs no escaping in a path, a header or a log line.
public struct SKU: Hashable, Sendable {
    /// The code as text.
    public let rawValue: String

    /// Takes a code as it came from outside.
    ///
    /// - Throws: ``CommerceError`` with `invalidSKU`.
    public init(_ rawValue: String) throws(CommerceError) {
        let bytes = rawValue.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, SKU.isAlphanumeric(first),
            bytes.allSatisfy({ SKU.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F })
        else {
            throw CommerceError(.invalidSKU, "a SKU is 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit")
        }
        self.rawValue = rawValue
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

extension SKU: Comparable {
    /// Byte order: the order in which stock rows are locked, the same on every machine.
    public static func < (left: SKU, right: SKU) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension SKU: CustomStringConvertible {
    public var description: String { self.rawValue }
}

extension SKU: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try SKU(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.rawValue)
    }
}
