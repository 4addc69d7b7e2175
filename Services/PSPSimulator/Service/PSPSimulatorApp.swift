import Logging
public import ServiceKit

/// A payment provider's stand-in as a process.
public struct PSPSimulatorApp: ServiceApp {
    public static let name = "psp-simulator"

    public static var settings: [any SettingDescription] { PSPSimulatorSettings.all }

    public init(host: ServiceHost) async throws {
        let settings = host.settings
        let lostAnswer = try settings.value(PSPSimulatorSettings.lostAnswer)
        let configuration = PSPSimulatorConfiguration(
            apiKey: try settings.value(PSPSimulatorSettings.apiKey),
            journalPath: try settings.value(PSPSimulatorSettings.journalPath),
            slowCardDelay: try settings.value(PSPSimulatorSettings.slowCard),
            lostAnswer: lostAnswer == .zero ? .drop : .delay(lostAnswer),
            webhookURL: try settings.optional(PSPSimulatorSettings.webhookURL),
            webhookSecret: try settings.value(PSPSimulatorSettings.webhookSecret),
            webhookFaults: try settings.value(PSPSimulatorSettings.webhookFaults)
        )
        // The key in Authorization is the provider's own, no access token of the shop.
        host.tokenVerifier = nil
        let simulator = try PSPSimulator(configuration: configuration, httpClient: host.httpClient, logger: host.logger)
        simulator.addRoutes(to: host.router)
        for service in simulator.services { host.add(service) }
    }
}
