import Auth
import Contracts
import Events
import LoginDomain
import Postgres
public import ServiceKit

/// Puts login together.
public struct LoginApp: ServiceApp {
    public static let name = "login"
    public static var settings: [any SettingDescription] {
        DataSettings.database + [DataSettings.redisCacheURL, DataSettings.redisLogURL] + LoginSettings.all
    }

    /// The outbox, the idempotency keys and the service's own tables.
    static let migrations: [PostgresMigration] =
        Outbox.migrations + IdempotencyStore.migrations + [
            PostgresMigration(id: "V001_create_login", sql: PackageResources.V001_create_login_sql),
            PostgresMigration(id: "V002_repeat_refreshes", sql: PackageResources.V002_repeat_refreshes_sql),
        ]

    /// Makes all parts and registers them.
    public init(host: ServiceHost) async throws {
        let settings = host.settings
        let postgres = try await host.postgres(migrations: Self.migrations)
        let outbox = Outbox(topic: Topic.login.rawValue, source: "souk/login")
        try Self.publish(outbox, of: postgres, on: host)
        let accessLifetime = Int64(try settings.value(LoginSettings.accessTokenLifetime))
        let keys = try Self.signingKeys(settings, postgres: postgres, accessLifetime: accessLifetime)
        Self.rotate(keys, on: host)

        let hasher = try Argon2PasswordHasher(
            concurrency: try settings.value(LoginSettings.hashThreads),
            queueLimit: try settings.value(LoginSettings.hashQueue)
        )
        let accounts = AccountStore(postgres: postgres, outbox: outbox)
        let sessions = try Self.sessions(settings, postgres: postgres, outbox: outbox)
        let limiter = RedisAttemptLimiter(redis: try host.redisCache(), limits: try Self.limits(settings), logger: host.logger)
        let issuer = TokenIssuer(keys: keys, lifetime: accessLifetime)
        try Self.bootstrap(BootstrapStaff(accounts: accounts, sessions: sessions, hasher: hasher, logger: host.logger), on: host)
        LoginRoutes(
            register: RegisterAccount(accounts: accounts, hasher: hasher, idempotency: host.idempotency(postgres)),
            start: StartSession(
                accounts: accounts, sessions: sessions, hasher: hasher, limiter: limiter,
                slowLane: SlowLane(capacity: try settings.value(LoginSettings.slowWaiting)), issuer: issuer),
            refresh: RefreshTokens(sessions: sessions, issuer: issuer),
            accounts: accounts,
            sessions: sessions,
            keys: keys
        ).add(to: host)
        Self.sweep(sessions, on: host)
    }

    // MARK: What runs as long as the process

    /// Its events only tell what has happened: no order waits for them.
    private static func publish(_ outbox: Outbox, of postgres: PostgresClient, on host: ServiceHost) throws {
        let log = RedisEventLog(redis: try host.redisLog())
        host.add(OutboxRelay(outbox: outbox, postgres: postgres, log: log, configuration: .unhurried, logger: host.logger))
        let sample = OutboxSample(outbox: outbox, postgres: postgres)
        try host.sample("outbox") { try await sample.take() }
    }

    /// Makes and reads keys in time, and verifies with them: login asks nobody for its own key set.
    private static func rotate(_ keys: SigningKeys, on host: ServiceHost) {
        host.beforeServing { try await keys.refresh() }
        host.add(
            PeriodicWork("signing-keys", every: SigningKeys.interval, deadline: .seconds(10), logger: host.logger) {
                try await keys.refresh()
            }
        )
        host.onReady("signing keys") { _ = try keys.current() }
        host.tokenVerifier = TokenVerifier(logger: host.logger) { try keys.published() }
        host.tokenFreePaths = ["/v1/accounts", "/v1/sessions", "/v1/tokens", "/.well-known/jwks.json"]
    }

    /// Makes the first member of the staff, if the settings name one.
    private static func bootstrap(_ staff: BootstrapStaff, on host: ServiceHost) throws {
        let email = try host.settings.value(LoginSettings.staffEmail)
        let password = try host.settings.value(LoginSettings.staffPassword)
        guard !email.isEmpty else { return }
        host.beforeServing { try await staff(email: email, password: password) }
    }

    private static func sweep(_ sessions: SessionStore, on host: ServiceHost) {
        host.add(
            PeriodicWork("old-refresh-tokens", every: .seconds(3_600), deadline: .seconds(300), logger: host.logger) {
                while try await sessions.deleteExpired() > 0 {}
            }
        )
    }

    // MARK: Parts that the settings shape

    private static func sessions(_ settings: Settings, postgres: PostgresClient, outbox: Outbox) throws -> SessionStore {
        let replay = RefreshReplay(
            secret: try settings.value(LoginSettings.signingKeySecret), window: Int64(try settings.value(LoginSettings.refreshReplay)))
        let lifetime = Int64(try settings.value(LoginSettings.refreshTokenDays)) * 86_400
        return SessionStore(postgres: postgres, outbox: outbox, refreshLifetime: lifetime, replay: replay)
    }

    private static func limits(_ settings: Settings) throws -> AttemptLimits {
        AttemptLimits(
            perAccountAndAddress: try settings.value(LoginSettings.failuresPerPair),
            perAccountAndKnownAddress: try settings.value(LoginSettings.failuresPerKnownPair),
            perAddress: try settings.value(LoginSettings.failuresPerAddress),
            slowAfter: try settings.value(LoginSettings.slowAfter),
            window: Int64(try settings.value(LoginSettings.failureWindow))
        )
    }

    private static func signingKeys(
        _ settings: Settings, postgres: PostgresClient, accessLifetime: Int64
    ) throws -> SigningKeys {
        let schedule = SigningKeySchedule(
            period: Int64(try settings.value(LoginSettings.signingKeyDays)) * 86_400,
            lead: try settings.value(LoginSettings.signingKeyLead).components.seconds,
            tokenLifetime: accessLifetime + 300
        )
        let secret = try settings.value(LoginSettings.signingKeySecret)
        guard secret.isEmpty || secret.utf8.count >= 32 else {
            throw ConfigurationError("SIGNING_KEY_SECRET is too short. It must be a text of 32 characters or more.")
        }
        return SigningKeys(
            store: SigningKeyStore(postgres: postgres, sealing: KeySealing(secret: secret)), schedule: schedule)
    }
}
