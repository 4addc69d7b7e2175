/// An e-mail address in the one form in which it is stored and compared: without space around it and in lower case.
///
/// The form is the useful subset of RFC 5321: a dot-atom of at most 64 bytes, `@`, and a domain of at least two labels,
/// all ASCII; international domains come as punycode. Whether the mailbox exists only a mail can tell.
public struct EmailAddress: Sendable, Hashable {
    /// The normal form.
    public let text: String

    /// Reads an address.
    ///
    /// - Throws: ``LoginRuleViolation`` if it cannot be one.
    public init(_ input: String) throws(LoginRuleViolation) {
        let bytes = input.utf8.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed().map(Self.lowercased)
        guard !bytes.isEmpty else { throw Self.violation("must not be empty") }
        guard bytes.count <= 254 else { throw Self.violation("must have 254 characters at most") }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Self.violation("must have one @") }
        guard (1...64).contains(parts[0].count), Self.isDotAtom(parts[0]) else {
            throw Self.violation("must have a usual name before the @")
        }
        guard Self.isDomain(parts[1]) else { throw Self.violation("must have a domain such as example.com after the @") }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    private static func violation(_ reason: String) -> LoginRuleViolation {
        LoginRuleViolation(field: "email", reason: reason)
    }

    private static func isDotAtom(_ part: ArraySlice<UInt8>) -> Bool {
        let atoms = part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(Self.isAtomByte) }
    }

    private static func isDomain(_ part: ArraySlice<UInt8>) -> Bool {
        let labels = part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.contains(where: Self.isLetter) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.allSatisfy { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") }
                && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isAtomByte(_ byte: UInt8) -> Bool {
        Self.isLetter(byte) || Self.isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}
