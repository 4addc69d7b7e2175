public import ServiceKit

/// The settings of login alone.
public enum LoginSettings {
    /// The first member of the staff.
    public static let staffEmail = Setting.string(
        "STAFF_EMAIL", default: "", expectation: "an e-mail address", help: "An account with the scope staff is made for it at start.")
    /// Its password.
    public static let staffPassword = Setting.string(
        "STAFF_PASSWORD", default: "", expectation: "8 to 1024 characters", help: "The password of the account STAFF_EMAIL.", isSecret: true
    )
    /// Encrypts the signing keys in the database.
    public static let signingKeySecret = Setting.string(
        "SIGNING_KEY_SECRET", default: "", expectation: "a text of 32 characters or more, the same for all instances",
        help: "Encrypts the private signing keys in the database. Without it they are stored as they are.", isSecret: true)
    /// How long a key signs.
    public static let signingKeyDays = Setting.int(
        "SIGNING_KEY_DAYS", default: 30, in: 1...365, unit: "days", help: "How long a key signs before the next one takes over.")
    /// How long before it signs a key is published.
    public static let signingKeyLead = Setting.seconds(
        "SIGNING_KEY_LEAD_SECONDS", default: 3_600, in: 0...86_400,
        help: "How long a new key is published before it signs; longer than verifiers keep what they fetched.")
    /// How long an access token holds.
    public static let accessTokenLifetime = Setting.int(
        "ACCESS_TOKEN_SECONDS", default: 900, in: 1...3_600, unit: "seconds", help: "How long an access token holds.")
    /// How long a refresh token holds.
    public static let refreshTokenDays = Setting.int(
        "REFRESH_TOKEN_DAYS", default: 30, in: 1...365, unit: "days", help: "How long a refresh token holds if it is not used.")
    /// How long a repeated refresh is answered.
    public static let refreshReplay = Setting.int(
        "REFRESH_REPLAY_SECONDS", default: 120, in: 0...3_600, unit: "seconds",
        help: "How long the same refresh, under the same Idempotency-Key, is answered again. Needs SIGNING_KEY_SECRET.")
    /// Hashes at the same time.
    public static let hashThreads = Setting.int(
        "PASSWORD_HASH_THREADS", default: 2, in: 1...64, unit: "threads",
        help: "Passwords hashed at the same time; each takes a core and 19 MiB.")
    /// Hashes that wait.
    public static let hashQueue = Setting.int(
        "PASSWORD_HASH_QUEUE", default: 64, in: 0...10_000, unit: "logins",
        help: "Logins that wait for a thread; more are answered with 503.")
    /// Failures of an address at an account.
    public static let failuresPerPair = Setting.int(
        "LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS", default: 10, in: 1...1_000_000, unit: "logins",
        help: "Failed logins of one address at one account before it has to wait.")
    /// The same for an address that is known.
    public static let failuresPerKnownPair = Setting.int(
        "LOGIN_FAILURES_FROM_KNOWN_ADDRESS", default: 100, in: 1...1_000_000, unit: "logins",
        help: "The same for an address from which the account has logged in before.")
    /// Failures of an address.
    public static let failuresPerAddress = Setting.int(
        "LOGIN_FAILURES_PER_ADDRESS", default: 300, in: 1...1_000_000, unit: "logins",
        help: "Failed logins of one address at all accounts before it has to wait.")
    /// Failures at an account until it gets slow.
    public static let slowAfter = Setting.int(
        "LOGIN_SLOW_AFTER", default: 30, in: 1...1_000_000, unit: "logins",
        help: "Failed logins at one account before unknown addresses are made to wait a moment.")
    /// Logins that wait because of it.
    public static let slowWaiting = Setting.int(
        "LOGIN_SLOW_WAITING", default: 200, in: 0...100_000, unit: "logins",
        help: "Logins that are made to wait at the same time; more are answered with 429.")
    /// How long failures count.
    public static let failureWindow = Setting.int(
        "LOGIN_FAILURE_WINDOW_SECONDS", default: 900, in: 1...86_400, unit: "seconds", help: "How long failed logins count.")

    /// All of them.
    public static let all: [any SettingDescription] = [
        staffEmail, staffPassword, signingKeySecret, signingKeyDays, signingKeyLead, accessTokenLifetime, refreshTokenDays,
        refreshReplay, hashThreads, hashQueue, failuresPerPair, failuresPerKnownPair, failuresPerAddress, slowAfter,
        slowWaiting, failureWindow,
    ]
}
