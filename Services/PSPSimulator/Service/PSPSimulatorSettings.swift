import ServiceKit

/// The simulator's settings.
enum PSPSimulatorSettings {
    static let apiKey = Setting<String>.string(
        "PSP_API_KEY", default: nil, help: "What clients must present as Authorization: Bearer.", isSecret: true
    )
    static let journalPath = Setting<String>.string(
        "JOURNAL_PATH", default: "psp-journal.ndjson", expectation: "a path", help: "The file that holds everything the provider did."
    )
    static let slowCard = Setting<Duration>.seconds(
        "SLOW_CARD_SECONDS", default: 3, in: 0...60, help: "How long the slow test card takes."
    )
    static let lostAnswer = Setting<Duration>.seconds(
        "LOST_ANSWER_SECONDS",
        default: 0,
        in: 0...600,
        help: "How late an answer comes that is to be lost; 0 closes the connection instead."
    )
    static let webhookURL = Setting<String>.string(
        "WEBHOOK_URL", default: "", expectation: "a URL", help: "Where changes are told to; without it nobody is told."
    )
    static let webhookSecret = Setting<String>.string(
        "PSP_WEBHOOK_SECRET", default: "", help: "The secret that signs webhooks.", isSecret: true
    )
    static let webhookFaults = Setting<WebhookFaults>(
        "WEBHOOK_FAULTS",
        default: WebhookFaults.none,
        expectation: "a list of duplicate and reorder, or none",
        help: "What goes wrong with webhooks on purpose."
    ) { WebhookFaults(parsing: $0) }

    static let all: [any SettingDescription] = [
        apiKey, journalPath, slowCard, lostAnswer, webhookURL, webhookSecret, webhookFaults,
    ]
}
