import Dispatch
import ServiceKit

/// Argon2id on threads of its own: a hash blocks its thread for tens of milliseconds, which the threads that serve all
/// requests cannot spare. Both the number that run and the number that wait are bounded.
public final class Argon2PasswordHasher: PasswordHashing {
    private let parameters: Argon2Parameters
    private let gate: WorkGate
    private let queue = DispatchQueue(label: "souk.login.argon2", attributes: .concurrent)
    private let dummy: String

    /// Creates a hasher. Makes one hash at once, to compare with where there is no account.
    ///
    /// - Parameters:
    ///   - parameters: The cost of new hashes.
    ///   - concurrency: How many run at the same time; each takes a core and 19 MiB.
    ///   - queueLimit: How many may wait.
    public init(parameters: Argon2Parameters = Argon2Parameters(), concurrency: Int, queueLimit: Int) throws {
        self.parameters = parameters
        self.gate = WorkGate(concurrency: concurrency, queueLimit: queueLimit)
        self.dummy = try Argon2.hash(Self.random(32), salt: Self.random(parameters.saltLength), parameters)
    }

    public func hash(_ password: [UInt8]) async throws -> String {
        let parameters = self.parameters
        return try await self.work { try Argon2.hash(password, salt: Self.random(parameters.saltLength), parameters) }
    }

    public func verify(_ password: [UInt8], against hash: String?) async throws -> Bool {
        let target = hash ?? self.dummy
        let fits = try await self.work { try Argon2.verify(password, against: target) }
        return fits && hash != nil
    }

    public func isOutdated(_ hash: String) -> Bool {
        !hash.hasPrefix(self.parameters.prefix)
    }

    private func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await self.gate.enter()
        defer { self.gate.leave() }
        return try await withCheckedThrowingContinuation { continuation in
            self.queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
