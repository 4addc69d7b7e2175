/// A definite "no" of the provider: nothing was done, and the same request gets the same "no".
package struct ProviderRefusal: Error, Codable, Sendable, Hashable {
    /// The HTTP status of the answer.
    package let status: Int
    /// The kind of mistake: `card_error`, `invalid_request_error`, `idempotency_error`.
    package let type: String
    /// What programs decide by, such as `expired_card` or `amount_too_large`.
    package let code: String
    /// What people read.
    package let message: String

    package static func card(_ code: String, _ message: String) -> ProviderRefusal {
        ProviderRefusal(status: 402, type: "card_error", code: code, message: message)
    }

    package static func invalid(_ code: String, _ message: String) -> ProviderRefusal {
        ProviderRefusal(status: 400, type: "invalid_request_error", code: code, message: message)
    }

    package static func notFound(_ what: String) -> ProviderRefusal {
        ProviderRefusal(status: 404, type: "invalid_request_error", code: "resource_missing", message: "No such \(what).")
    }

    package static func conflict(_ code: String, _ message: String) -> ProviderRefusal {
        ProviderRefusal(status: 409, type: "invalid_request_error", code: code, message: message)
    }

    package static let keyReused = ProviderRefusal(
        status: 409,
        type: "idempotency_error",
        code: "idempotency_key_reused",
        message: "This Idempotency-Key was used with another request."
    )
}
