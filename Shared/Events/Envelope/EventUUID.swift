internal import Foundation

/// A UUID of version 7 as text: the identity of an event.
///
/// It begins with the time, so that events written together lie together in an index.
public struct EventUUID: Hashable, Sendable, CustomStringConvertible {
    /// 32 hexadecimal digits in five groups.
    public let description: String

    /// A new identity.
    static func make() -> EventUUID {
        var generator = SystemRandomNumberGenerator()
        return self.make(
            milliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1_000)), using: &generator
        )
    }

    /// An identity of a given time (RFC 9562, 5.7).
    static func make(milliseconds: UInt64, using generator: inout some RandomNumberGenerator) -> EventUUID {
        let high = milliseconds << 16 | 0x7000 | (generator.next() as UInt64) >> 52
        let low = (generator.next() as UInt64) >> 2 | 0x8000_0000_0000_0000
        var text = ""
        text.reserveCapacity(36)
        for (value, digits) in [(high >> 32, 8), (high >> 16, 4), (high, 4), (low >> 48, 4), (low, 12)] {
            if !text.isEmpty { text.append("-") }
            Self.append(value, digits: digits, to: &text)
        }
        return EventUUID(description: text)
    }

    private static func append(_ value: UInt64, digits: Int, to text: inout String) {
        for index in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(index)) & 0xF
            text.unicodeScalars.append(Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x57 + digit))
        }
    }
}
