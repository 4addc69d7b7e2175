import Hummingbird
import ServiceKit

extension Problem {
    private static let challenge = "Bearer realm=\"souk\""

    /// 401, the same for an unknown e-mail address and a wrong password.
    static let invalidCredentials = Problem(
        .unauthorized, type: "invalid-credentials", title: "Invalid credentials",
        detail: "The e-mail address or the password is wrong.", headers: [.wwwAuthenticate: challenge])

    /// 401, the same for a refresh token that is unknown, expired or was used before.
    static let invalidRefreshToken = Problem(
        .unauthorized, type: "invalid-refresh-token", title: "Invalid refresh token",
        detail: "The refresh token is not valid. Log in again.", headers: [.wwwAuthenticate: challenge])

    /// 409.
    static let emailTaken = Problem(
        .conflict, type: "email-taken", title: "E-mail address taken", detail: "There is an account for this e-mail address.")

    /// 429.
    static func tooManyAttempts(retryAfter seconds: Int64) -> Problem {
        Problem(
            .tooManyRequests, type: "too-many-attempts", title: "Too many attempts",
            detail: "Too many failed logins. Try again later.", headers: [.retryAfter: String(seconds)])
    }
}
