import FoundationEssentials
public import Logging
import Synchronization

/// Verifies access tokens with the public keys that login publishes.
///
/// Keys are fetched when first needed and refreshed by ``run()``. A token that names an unknown key causes one fetch,
/// shared by all who wait for it and at most one in ``Configuration/refetchInterval``, so that a storm of forged tokens
/// is no storm on login. When login is down the last good keys stay in use, for ever: a shopper who is logged in does
/// not notice. Tokens that were verified are remembered until they expire.
public final class TokenVerifier: Sendable {
    /// Limits of a verifier.
    public struct Configuration: Sendable {
        /// The shortest time between two fetches that unknown key names cause.
        public var refetchInterval: Duration = .seconds(10)
        /// The time between two fetches by ``TokenVerifier/run()``.
        public var refreshInterval: Duration = .seconds(300)
        /// How many verified tokens are remembered.
        public var cacheCapacity = 20_000
        /// How far a token may seem to come from the future, in seconds.
        public var leeway: Int64 = 30

        /// The defaults.
        public init() {}
    }

    private struct State {
        var keys: VerificationKeys?
        var lastFetch: ContinuousClock.Instant?
        var fetch: Task<VerificationKeys?, Never>?
        var verified: VerifiedTokens
    }

    private let configuration: Configuration
    private let fetchJWKS: @Sendable () async throws -> [UInt8]
    private let now: @Sendable () -> Int64
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let state: Mutex<State>

    /// Creates a verifier.
    ///
    /// - Parameters:
    ///   - configuration: Limits.
    ///   - logger: Told when keys change and when they cannot be fetched.
    ///   - fetchJWKS: Fetches the key set of `/.well-known/jwks.json`; must end within a few seconds.
    public convenience init(
        configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "auth"),
        fetchJWKS: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.init(
            configuration: configuration,
            logger: logger,
            now: { Int64(Date().timeIntervalSince1970) },
            uptime: { ContinuousClock.now },
            fetchJWKS: fetchJWKS
        )
    }

    package init(
        configuration: Configuration,
        logger: Logger,
        now: @escaping @Sendable () -> Int64,
        uptime: @escaping @Sendable () -> ContinuousClock.Instant,
        fetchJWKS: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.configuration = configuration
        self.logger = logger
        self.now = now
        self.uptime = uptime
        self.fetchJWKS = fetchJWKS
        self.state = Mutex(State(verified: VerifiedTokens(capacity: configuration.cacheCapacity)))
    }

    /// Verifies a token: form, algorithm, key, signature, issuer, audience and time.
    ///
    /// - Parameter token: The compact form, without `Bearer`.
    /// - Returns: Who it stands for.
    /// - Throws: Why it was not accepted; `unavailable` if no keys could be fetched since the process started.
    public func verify(_ token: String) async throws(AuthError) -> Principal {
        let now = self.now()
        if let principal = self.state.withLock({ $0.verified.principal(of: token, now: now) }) {
            return principal
        }
        let header = try TokenHeader.read(token)
        let keys = try await self.keys(holding: header.kid)
        let claims = try await keys.claims(of: token)
        let principal = try claims.check(now: now, leeway: self.configuration.leeway)
        self.state.withLock { state in
            // Keys that changed meanwhile may have dropped this one: then the answer is not remembered.
            if state.keys === keys {
                state.verified.insert(token, principal, expires: claims.exp)
            }
        }
        return principal
    }

    /// Refreshes the keys until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let fetched = await self.fetchOnce(force: true) != nil
            let pause = fetched ? self.configuration.refreshInterval : min(.seconds(2), self.configuration.refreshInterval)
            try? await Task.sleep(for: pause)
        }
    }

    private func keys(holding kid: String) async throws(AuthError) -> VerificationKeys {
        if let keys = self.state.withLock({ $0.keys }), keys.names.contains(kid) {
            return keys
        }
        guard let keys = await self.fetchOnce(force: false) ?? self.state.withLock({ $0.keys }) else {
            throw AuthError(.unavailable)
        }
        guard keys.names.contains(kid) else { throw AuthError(.unknownKey) }
        return keys
    }

    /// Joins a running fetch or starts one. Answers nil if the fetch failed or it is too early for another one.
    private func fetchOnce(force: Bool) async -> VerificationKeys? {
        let task: Task<VerificationKeys?, Never>? = self.state.withLock { state in
            if let running = state.fetch { return running }
            let now = self.uptime()
            // Without any key the shop is shut, so the first keys are asked for more often.
            let interval = state.keys == nil ? min(.seconds(1), self.configuration.refetchInterval) : self.configuration.refetchInterval
            if !force, let last = state.lastFetch, now - last < interval { return nil }
            state.lastFetch = now
            // Detached: the fetch serves all who wait and must not end with the first caller's deadline.
            let task = Task.detached { await self.fetch() }
            state.fetch = task
            return task
        }
        return await task?.value
    }

    private func fetch() async -> VerificationKeys? {
        var fetched: VerificationKeys?
        do {
            fetched = try await VerificationKeys.read(self.fetchJWKS())
        } catch {
            self.logger.warning("The keys for access tokens could not be fetched", metadata: ["reason": "\(error)"])
        }
        let keys = fetched
        return self.state.withLock { state in
            state.fetch = nil
            guard let keys else { return nil }
            if keys.names != state.keys?.names {
                state.verified.removeAll()
            }
            state.keys = keys
            return keys
        }
    }
}
