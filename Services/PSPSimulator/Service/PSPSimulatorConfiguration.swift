/// How the simulator behaves.
package struct PSPSimulatorConfiguration: Sendable {
    /// What happens to an answer that is to be lost.
    package enum LostAnswer: Sendable, Hashable {
        /// The connection is closed in the middle of the answer.
        case drop
        /// The answer arrives after this time, when nobody waits for it any more.
        case delay(Duration)
    }

    /// The secret that clients present as `Authorization: Bearer …`.
    package var apiKey: String
    /// Where the journal is kept.
    package var journalPath: String
    /// How long a slow card takes. Defaults to 3 seconds.
    package var slowCardDelay: Duration
    /// Defaults to dropping the connection.
    package var lostAnswer: LostAnswer
    /// Where changes are told to; nil tells nobody.
    package var webhookURL: String?
    /// The secret under which webhooks are signed.
    package var webhookSecret: String
    package var webhookFaults: WebhookFaults

    package init(
        apiKey: String,
        journalPath: String,
        slowCardDelay: Duration = .seconds(3),
        lostAnswer: LostAnswer = .drop,
        webhookURL: String? = nil,
        webhookSecret: String = "",
        webhookFaults: WebhookFaults = .none
    ) {
        self.apiKey = apiKey
        self.journalPath = journalPath
        self.slowCardDelay = slowCardDelay
        self.lostAnswer = lostAnswer
        self.webhookURL = webhookURL
        self.webhookSecret = webhookSecret
        self.webhookFaults = webhookFaults
    }
}
