/// Hashes passwords, slowly on purpose.
public protocol PasswordHashing: Sendable {
    /// A new hash with a new salt, in PHC form.
    ///
    /// - Throws: A problem 503 if too many wait already.
    func hash(_ password: [UInt8]) async throws -> String

    /// Whether a password fits a hash. Without a hash it takes as long and says no, so that an unknown e-mail address
    /// cannot be told from a wrong password by time.
    ///
    /// - Throws: A problem 503 if too many wait already.
    func verify(_ password: [UInt8], against hash: String?) async throws -> Bool

    /// Whether a hash was made with weaker parameters than today's.
    func isOutdated(_ hash: String) -> Bool
}
