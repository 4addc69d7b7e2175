package import ArgumentParser
import Foundation

/// `soukctl events` alone: how far every consumer has come, and what is parked.
package struct ShowEventsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows how many events each consumer still has to apply, and which are parked."
    )

    @Option(help: "The shop's file. Default: SOUK_SHOP, else .souk/shop.json here or in a folder above.")
    package var shop: String?

    package init() {}

    package mutating func run() async throws {
        let path = ShopFile.path(option: self.shop, environment: ProcessInfo.processInfo.environment)
        let reader = try BooksReader(shop: try ShopFile.load(path), journal: nil)
        print(EventsReport(try await reader.events()).text)
    }
}
