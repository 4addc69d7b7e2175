package import ArgumentParser

/// The root of the command line.
package struct Soukctl: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "soukctl",
        abstract: "Sells a recorded morning through the shop, and checks its books.",
        subcommands: [ReplayCommand.self, AuditCommand.self, EventsCommand.self]
    )

    package init() {}
}
