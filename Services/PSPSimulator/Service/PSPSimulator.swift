package import AsyncHTTPClient
package import Hummingbird
package import Logging
package import ServiceLifecycle

/// The simulator put together: books, journal, webhooks and routes.
package struct PSPSimulator: Sendable {
    /// What must run for the simulator to work.
    package let services: [any Service]
    private let routes: ProviderRoutes

    /// Opens the journal and rebuilds the books from it.
    ///
    /// - Throws: ``JournalError`` when the journal is missing and cannot be made, or is damaged.
    package init(configuration: PSPSimulatorConfiguration, httpClient: HTTPClient, logger: Logger) throws {
        let (journal, records) = try Journal.open(path: configuration.journalPath)
        var services: [any Service] = []
        var announce: @Sendable (JournalRecord) -> Void = { _ in }
        if let url = configuration.webhookURL {
            let sender = WebhookSender(
                secret: configuration.webhookSecret,
                faults: configuration.webhookFaults,
                transport: WebhookSender.http(url: url, client: httpClient, logger: logger)
            )
            services.append(sender)
            announce = { sender.announce($0) }
        }
        let provider = Provider(journal: journal, records: records, announce: announce)
        self.services = services
        self.routes = ProviderRoutes(provider: provider, journal: journal, configuration: configuration)
        logger.info("Books rebuilt from the journal", metadata: ["psp.records": "\(records.count)"])
    }

    /// Adds the provider's routes.
    package func addRoutes(to router: Router<some RequestContext>) {
        self.routes.add(to: router)
    }
}
