import HTTPTypes

extension Problem {
    /// 404: not there, or not the caller's.
    public static func notFound(_ what: String) -> Problem {
        Problem(.notFound, detail: "There is no such \(what), or it is not yours.")
    }

    /// 422: one field is wrong.
    public static func invalid(_ pointer: String, _ detail: String) -> Problem {
        .invalid([FieldError(pointer: pointer, detail: detail)])
    }

    /// 422: fields are wrong.
    public static func invalid(_ errors: [FieldError]) -> Problem {
        Problem(
            .unprocessableContent,
            type: "invalid",
            title: "Invalid request",
            detail: "The request can be read, but not accepted as it is.",
            errors: errors
        )
    }

    /// 503: a part that is needed is down or has no room.
    ///
    /// - Parameters:
    ///   - detail: What the caller may know.
    ///   - retryAfter: When to try again, rounded up to whole seconds.
    public static func unavailable(_ detail: String, retryAfter: Duration = .seconds(1)) -> Problem {
        Problem(.serviceUnavailable, type: "unavailable", detail: detail, headers: [.retryAfter: retryAfter.retryAfterText])
    }

    /// 504: the deadline of the request passed.
    public static let deadlineExceeded = Problem(
        .gatewayTimeout,
        type: "deadline-exceeded",
        detail: "The request took longer than it may. Whether it had an effect is not known; repeat it with the same Idempotency-Key."
    )

    /// 500: our mistake. Says nothing about it.
    static let internalError = Problem(.internalServerError, type: "internal", detail: "Something went wrong here. It was noted.")

    /// 401: a valid access token is needed.
    public static func unauthorized(_ detail: String, isTokenBad: Bool) -> Problem {
        let challenge = isTokenBad ? "Bearer realm=\"souk\", error=\"invalid_token\"" : "Bearer realm=\"souk\""
        return Problem(.unauthorized, type: "unauthorized", detail: detail, headers: [.wwwAuthenticate: challenge])
    }
}

extension Duration {
    /// Whole seconds, rounded up, at least one: what `Retry-After` holds.
    public var retryAfterText: String {
        let (seconds, attoseconds) = self.components
        return String(max(1, attoseconds > 0 ? seconds + 1 : seconds))
    }
}
