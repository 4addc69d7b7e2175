import ServiceKit

/// The settings of payments beside those that every process has.
enum PaymentsSettings {
    static let pspURL = Setting<String>.string(
        "PSP_URL", default: nil, expectation: "a URL", help: "The payment provider's API."
    )
    static let apiKey = Setting<String>.string(
        "PSP_API_KEY", default: nil, help: "The key to the provider's API.", isSecret: true
    )
    static let webhookSecret = Setting<String>.string(
        "PSP_WEBHOOK_SECRET",
        default: nil,
        expectation: "one secret, or several with commas while one replaces another",
        help: "Under which the provider signs webhooks.",
        isSecret: true
    )
    static let timeout = Setting<Duration>.seconds(
        "PSP_TIMEOUT_SECONDS", default: 5, in: 0.1...20, help: "How long one request to the provider may take."
    )
    static let concurrency = Setting<Int>.int(
        "PSP_CONCURRENCY", default: 64, in: 1...1024, unit: "calls", help: "Calls to the provider at once from this instance."
    )

    static let reconciliation = Setting<Duration>.seconds(
        "RECONCILIATION_SECONDS", default: 60, in: 1...86_400,
        help: "How often the ledger, the payments and the provider's journal are compared."
    )

    static let all: [any SettingDescription] =
        DataSettings.database + [DataSettings.redisLogURL, pspURL, apiKey, webhookSecret, timeout, concurrency, reconciliation]
}
