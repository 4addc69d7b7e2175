/// A value that the shop's vocabulary does not admit, or arithmetic that has no exact answer.
public struct CommerceError: Error, Hashable, Sendable {
    /// What was wrong. New codes may be added; compare with `==`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case invalidCurrency, invalidSKU, invalidQuantity, invalidID, currencyMismatch, overflow
        }

        private let value: Value

        /// Not three capital letters.
        public static let invalidCurrency = Code(value: .invalidCurrency)
        /// Not 1 to 64 characters of letters, digits, `.`, `_` and `-`.
        public static let invalidSKU = Code(value: .invalidSKU)
        /// Outside 1 to 100,000.
        public static let invalidQuantity = Code(value: .invalidQuantity)
        /// Not an identifier of the expected kind.
        public static let invalidID = Code(value: .invalidID)
        /// Two amounts of different currencies were to be added or compared.
        public static let currencyMismatch = Code(value: .currencyMismatch)
        /// The exact result does not fit 64 bits.
        public static let overflow = Code(value: .overflow)

        public var description: String { self.value.rawValue }
    }

    /// What was wrong.
    public let code: Code
    /// A sentence for a person; it names the rule, never the rejected value.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
