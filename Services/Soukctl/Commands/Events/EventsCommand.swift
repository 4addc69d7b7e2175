package import ArgumentParser

/// `soukctl events`: what becomes of events between the services.
package struct EventsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Shows how far every consumer of events is, and lets parked events be tried again.",
        subcommands: [ShowEventsCommand.self, RedriveCommand.self],
        defaultSubcommand: ShowEventsCommand.self
    )

    package init() {}
}
