/// An identifier that cannot be mistaken for one of another kind: `ord_` and 32 hexadecimal digits of a UUID version 7.
///
/// Version 7 (RFC 9562, 5.7) begins with the time in milliseconds, so new rows land at the end of an index.
/// To clients it is an opaque string.
public struct TypedID<Kind: IDKind>: Hashable, Sendable {
    /// The whole text, prefix included.
    public let rawValue: String

    /// Takes an identifier as it came from outside.
    ///
    /// - Throws: ``CommerceError`` with `invalidID` unless it is this kind's prefix, `_`, and 1 to 64 lower-case letters or digits.
    public init(_ rawValue: String) throws(CommerceError) {
        let prefix = Kind.prefix.utf8
        let bytes = rawValue.utf8
        let body = bytes.dropFirst(prefix.count + 1)
        guard bytes.starts(with: prefix), bytes.dropFirst(prefix.count).first == UInt8(ascii: "_"),
            (1...64).contains(body.count), body.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else {
            throw CommerceError(.invalidID, "an identifier of this kind begins with \(Kind.prefix)_")
        }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a new identifier from a time and 74 random bits (RFC 9562, 5.7).
    ///
    /// - Parameters:
    ///   - milliseconds: Milliseconds since 1970-01-01 UTC; the low 48 bits are used.
    ///   - generator: The source of randomness.
    public static func make(
        millisecondsSinceEpoch milliseconds: UInt64,
        using generator: inout some RandomNumberGenerator
    ) -> TypedID {
        let random = generator.next() as UInt64
        let high = milliseconds << 16 | 0x7000 | random >> 52
        let low = (generator.next() as UInt64) >> 2 | 0x8000_0000_0000_0000
        var text = Kind.prefix
        text.reserveCapacity(Kind.prefix.utf8.count + 33)
        text.append("_")
        TypedID.appendHexadecimal(high, to: &text)
        TypedID.appendHexadecimal(low, to: &text)
        return TypedID(unchecked: text)
    }

    /// An identifier derived from another one, the same every time: for a step of a process that may be done again.
    ///
    /// - Parameters:
    ///   - other: The identifier whose digits are taken over under this kind's prefix.
    ///   - step: What tells several identifiers derived from one apart: lower-case letters and digits, at most 32.
    public static func derived<Other: IDKind>(from other: TypedID<Other>, step: String = "") -> TypedID {
        TypedID(unchecked: Kind.prefix + other.rawValue.dropFirst(Other.prefix.utf8.count) + step)
    }

    private static func appendHexadecimal(_ value: UInt64, to text: inout String) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 0xF
            text.unicodeScalars.append(Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x57 + digit))
        }
    }
}

extension TypedID: Comparable {
    public static func < (left: TypedID, right: TypedID) -> Bool { left.rawValue < right.rawValue }
}

extension TypedID: CustomStringConvertible {
    public var description: String { self.rawValue }
}

extension TypedID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try TypedID(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.rawValue)
    }
}
