public import LoginDomain

/// Counts failed logins.
public protocol AttemptLimiting: Sendable {
    /// Counts an attempt as failed in advance, so that many at once cannot slip through.
    func begin(_ attempt: LoginAttempt) async -> AttemptVerdict

    /// Takes the count back: the attempt was good, or was not judged at all.
    func forgive(_ attempt: LoginAttempt) async
}
