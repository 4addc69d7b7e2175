package import Events
import Postgres

/// Lets parked events be tried again, in the databases of the consumers, as a role that can do nothing else.
package struct Redriver: Sendable {
    private let databases: ShopDatabases

    /// - Throws: ``SoukctlError`` when the shop's file has no connection strings for this, `PostgresError` for one that is none.
    package init(shop: ShopFile) throws {
        guard let databases = shop.redriverDatabases else {
            throw SoukctlError(.usage, "the shop's file has no connection strings of the redriver: `make up` writes them")
        }
        try self.init(databases: databases)
    }

    /// - Parameter databases: Connection strings by database.
    /// - Throws: `PostgresError` for a connection string that is none.
    package init(databases: [String: String]) throws {
        self.databases = try ShopDatabases(databases, application: "soukctl-redrive")
    }

    /// Lets a consumer try parked events again.
    ///
    /// - Parameters:
    ///   - selection: Which events; each comes with the parked ones of its aggregate before it.
    ///   - group: The consumer that parked them.
    /// - Returns: Those events, in order; none when no such event is parked.
    /// - Throws: ``SoukctlError`` when no consumer has this name, or when a database cannot be used; `CancellationError`, after
    ///   which all of it may have happened or nothing.
    package func redrive(_ selection: ParkedSelection, of group: String) async throws -> [RedrivenEvent] {
        do {
            return try await self.databases.opened { try await Self.redrive(selection, of: group, in: $0) }
        } catch let error as PostgresError {
            throw SoukctlError(.redrive, "parked events cannot be reached: \(String(reflecting: error))")
        }
    }

    private static func redrive(
        _ selection: ParkedSelection, of group: String, in clients: [String: PostgresClient]
    ) async throws -> [RedrivenEvent] {
        var groups: Set<String> = []
        for client in clients.values {
            let here = try await Self.groups(client)
            if here.contains(group) { return try await ParkingPlace(postgres: client, group: group).redrive(selection) }
            groups.formUnion(here)
        }
        throw SoukctlError(.usage, "no consumer is called \(group); there are \(groups.sorted().joined(separator: ", "))")
    }

    /// The consumers that have ever read into a database.
    private static func groups(_ client: PostgresClient) async throws -> [String] {
        let hasInbox = try await client.query("select to_regclass('inbox_cursor') is not null").decode(Bool.self)
        guard hasInbox == [true] else { return [] }
        return try await client.query("select distinct grp from inbox_cursor").decode(String.self)
    }
}
