package import ArgumentParser
package import Events
import Foundation

/// `soukctl events redrive`: lets parked events be tried again, dead ones too.
package struct RedriveCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Lets a consumer try parked events again, dead ones too.",
        discussion: """
            First mend what they failed of; what fails again is parked again. An event comes with the parked ones of its \
            aggregate before it, since they are applied in order. A consumer that runs tries them within a second.
            """
    )

    @Argument(help: "The consumer, as `soukctl events` names it.")
    package var group: String

    @Argument(help: "One event: its place, such as orders/3/41, as `soukctl events` shows it, or its id. Default: all.")
    package var event: String?

    @Option(help: "The shop's file. Default: SOUK_SHOP, else .souk/shop.json here or in a folder above.")
    package var shop: String?

    package init() {}

    package func validate() throws {
        _ = try self.selection()
    }

    /// Which events are meant.
    ///
    /// - Throws: `ValidationError` for what looks like a place and is none.
    package func selection() throws -> ParkedSelection {
        guard let event = self.event else { return .all }
        guard event.contains("/") else { return .event(id: event) }
        let parts = event.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let part = Int(parts[1]), part >= 0, let sequence = Int64(parts[2]), sequence > 0
        else { throw ValidationError("\(event) is no place of an event, such as orders/3/41.") }
        return .place(LogPartition(topic: String(parts[0]), index: part), sequence: sequence)
    }

    package mutating func run() async throws {
        let path = ShopFile.path(option: self.shop, environment: ProcessInfo.processInfo.environment)
        print(try await self.redrive(with: try Redriver(shop: try ShopFile.load(path))))
    }

    /// Lets the events be tried again.
    ///
    /// - Returns: What is said of it: how many they are, and a line for each.
    /// - Throws: ``SoukctlError`` when there is no such consumer or no such event, or when a database cannot be used.
    package func redrive(with redriver: Redriver) async throws -> String {
        let events = try await redriver.redrive(try self.selection(), of: self.group)
        if events.isEmpty, let event = self.event {
            throw SoukctlError(.usage, "\(self.group) has no parked event \(event); `soukctl events` shows those it has")
        }
        let lines = events.map {
            "  \($0.partition.topic)/\($0.partition.index)/\($0.position.sequence): \($0.subject), event \($0.id)"
        }
        return (["\(self.group) tries again: \(events.count)"] + lines).joined(separator: "\n")
    }
}
