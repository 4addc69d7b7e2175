import AsyncHTTPClient
import Foundation
import Hummingbird
import PSPSimulatorService

/// The real simulator behind real HTTP, with a journal of its own.
struct SimulatorFixture: Sendable {
    static let apiKey = "sk_test"

    let url: String
    let journalPath: String

    static func with<Result>(
        lostAnswer: PSPSimulatorConfiguration.LostAnswer = .drop,
        _ body: (SimulatorFixture) async throws -> Result
    ) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "psp-\(UUID().uuidString).ndjson").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let configuration = PSPSimulatorConfiguration(
            apiKey: Self.apiKey, journalPath: path, slowCardDelay: .milliseconds(300), lostAnswer: lostAnswer
        )
        let simulator = try PSPSimulator(configuration: configuration, httpClient: .shared, logger: .quiet)
        let router = Router()
        simulator.addRoutes(to: router)
        return try await LiveServer.with(router.buildResponder()) { url in
            try await body(SimulatorFixture(url: url, journalPath: path))
        }
    }

    /// What the provider did, apart from taking cards.
    func journal(order: String? = nil) throws -> [JournalRecord] {
        let data = try Data(contentsOf: URL(filePath: self.journalPath))
        let records = try Journal.records(in: data, path: self.journalPath).records
        return records.filter { $0.type != .paymentMethod && (order == nil || $0.orderID == order) }
    }
}
