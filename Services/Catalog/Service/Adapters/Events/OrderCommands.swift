internal import CatalogDomain
internal import Commerce
internal import Contracts
internal import Events
internal import Postgres

/// Hears order-tracking's commands about stock.
struct OrderCommands: EventHandler {
    let settle: SettleReservation

    let handledTypes: Set<String> = [
        Souk_Events_V1_ReserveStock.eventType,
        Souk_Events_V1_CommitStock.eventType,
        Souk_Events_V1_ReleaseStock.eventType,
    ]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        switch event.type {
        case Souk_Events_V1_ReserveStock.eventType:
            let command = try event.decode(Souk_Events_V1_ReserveStock.self)
            try await self.settle.reserve(
                Self.lines(of: command), for: OrderID(command.orderID), command: command.commandID, in: transaction
            )
        case Souk_Events_V1_CommitStock.eventType:
            let command = try event.decode(Souk_Events_V1_CommitStock.self)
            let order = try OrderID(command.orderID)
            try await self.settle.settle(.commit, order: order, command: command.commandID, in: transaction)
        case Souk_Events_V1_ReleaseStock.eventType:
            let command = try event.decode(Souk_Events_V1_ReleaseStock.self)
            let order = try OrderID(command.orderID)
            try await self.settle.settle(.release, order: order, command: command.commandID, in: transaction)
        default:
            break
        }
    }

    private static func lines(of command: Souk_Events_V1_ReserveStock) throws -> [StockLine] {
        guard !command.lines.isEmpty, command.lines.allSatisfy({ $0.quantity > 0 }) else {
            throw CatalogError(.malformedCommand, "an order reserves at least one line, of at least one piece each")
        }
        return try command.lines.map { StockLine(sku: try SKU($0.sku), quantity: Int64($0.quantity)) }
    }
}
