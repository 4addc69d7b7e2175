package import ArgumentParser
import Foundation

/// `soukctl audit`: checks the shop's books against each other, against the provider's and against the shoppers'.
package struct AuditCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Checks that no order, penny, piece of stock or event is lost or counted twice.",
        discussion: "Reads only, with SQL of its own. Exits with 1 and says what is wrong when a check fails."
    )

    @Option(help: "The shoppers' journal that `soukctl replay` wrote. Default: journal.ndjson beside shop.json, if there.")
    package var journal: String?

    @Option(help: "The shop's file. Default: SOUK_SHOP, else .souk/shop.json here or in a folder above.")
    package var shop: String?

    @Option(help: "Seconds to wait for orders and events that are still on their way.")
    package var wait: Int = 10

    @Option(help: "Seconds after which an order that is neither confirmed nor final counts as stuck.")
    package var stuckAfter: Int64 = Self.longestSaga

    /// Seconds: a minute to reserve, two to authorize, and then it is given up.
    static let longestSaga: Int64 = 180

    package init() {}

    package mutating func run() async throws {
        let path = ShopFile.path(option: self.shop, environment: ProcessInfo.processInfo.environment)
        let file = try ShopFile.load(path)
        let journal = self.journal ?? Self.journalIfThere(beside: path)
        let report = try await Self.audit(file, journal: journal, wait: .seconds(self.wait), stuckAfter: self.stuckAfter)
        print(report.text)
        if !report.isClean { throw ExitCode.failure }
    }

    static func audit(_ shop: ShopFile, journal: String?, wait: Duration, stuckAfter: Int64) async throws -> AuditReport {
        let reader = try BooksReader(shop: shop, journal: journal)
        return try await reader.reading { read in
            try await Auditor(stuckAfter: stuckAfter, read: read).audit(wait: wait)
        }
    }

    private static func journalIfThere(beside shop: String) -> String? {
        let path = ShopFile.beside(shop, "journal.ndjson")
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
