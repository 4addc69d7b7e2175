/// A currency by its ISO 4217 alphabetic code, such as `GBP`.
///
/// Amounts are always integers in the currency's minor unit, so no exponent is kept here: presentation belongs to the edge.
public struct Currency: Hashable, Sendable {
    /// The three-letter upper-case code.
    public let code: String

    /// Pound sterling, the currency the shop sells in.
    public static let gbp = Currency(unchecked: "GBP")

    /// Takes a code as it came from outside.
    ///
    /// - Parameter code: Three letters `A`…`Z`; lower case is refused, as ISO 4217 knows none.
    /// - Throws: ``CommerceError`` with ``CommerceError/Code/invalidCurrency`` for anything else.
    public init(_ code: String) throws(CommerceError) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) else {
            throw CommerceError(.invalidCurrency, "a currency is three capital letters (ISO 4217)")
        }
        self.code = code
    }

    private init(unchecked code: String) {
        self.code = code
    }
}

extension Currency: CustomStringConvertible {
    public var description: String { self.code }
}

extension Currency: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(String.self)
        do {
            self = try Currency(code)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.code)
    }
}
