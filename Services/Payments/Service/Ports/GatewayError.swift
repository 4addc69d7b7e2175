/// Why there is no definite answer of the provider, or what it refuses about a card.
package struct GatewayError: Error, Sendable, Hashable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case outcomeUnknown, overloaded, refused }

        private let value: Value

        /// The request may have been carried out: timeout, broken connection, a failure of the provider.
        package static let outcomeUnknown = Code(value: .outcomeUnknown)
        /// The provider asks us to come back later.
        package static let overloaded = Code(value: .overloaded)
        /// The provider refuses the request as it is.
        package static let refused = Code(value: .refused)

        package var description: String { self.value.rawValue }
    }

    package let code: Code
    /// The provider's own code, such as `expired_card`, or what broke. Never holds data of a customer.
    package let reason: String
    package let retryAfter: Duration?

    package init(_ code: Code, reason: String, retryAfter: Duration? = nil) {
        self.code = code
        self.reason = reason
        self.retryAfter = retryAfter
    }

    package var description: String { "provider: \(self.code) (\(self.reason))" }
}
