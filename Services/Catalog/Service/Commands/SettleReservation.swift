internal import CatalogDomain
internal import Commerce
internal import Events
internal import Metrics
internal import Postgres

/// Carries out order-tracking's commands about an order's stock, in the transaction in which the command was heard.
///
/// Each command is answered each time it comes; its effect happens once (see ``ReservationDecision``).
struct SettleReservation: Sendable {
    private static let answers = Dictionary(
        uniqueKeysWithValues: ReservationState.allCases.map {
            ($0, Counter(label: "catalog_reservation_answers_total", dimensions: [("answer", $0.rawValue)]))
        }
    )

    let outbox: Outbox
    /// Told of the pages that are out of date, after the commit.
    let pages: ProductPages

    /// Holds all lines of an order, or none.
    func reserve(_ lines: [StockLine], for order: OrderID, command: String, in transaction: PostgresTransaction) async throws {
        let lines = StockLine.merged(lines)
        let writer = ReservationWriter(transaction: transaction)
        let (reservation, levels) = try await writer.lock(order: order, stockOf: lines.map(\.sku))
        guard case .hold = ReservationDecision(.reserve, in: reservation?.state) else {
            return try self.settle(.reserve, reservation, order, command, writer, moved: [])
        }
        let stock = Dictionary(uniqueKeysWithValues: levels.map { ($0.sku, $0.available) })
        let shortages = StockShortage.among(lines, stock: stock)
        guard shortages.isEmpty else {
            try writer.insert(order, .rejected, shortages: shortages)
            return try self.answer(.rejected, to: command, order, shortages: shortages, version: 1, writer, moved: [])
        }
        try writer.insert(order, .held)
        writer.hold(lines, for: order)
        // Both are in the order of the codes, and each line has its level.
        let moved = zip(levels, lines).map { ($0, $0.moved(by: -$1.quantity)) }
        try self.answer(.held, to: command, order, version: 1, writer, moved: moved)
    }

    /// Lets the pieces of an order leave the house, or makes them available again.
    ///
    /// - Throws: ``CatalogError`` for a command that the saga never sends; nothing is done then.
    func settle(
        _ kind: ReservationCommand, order: OrderID, command: String, in transaction: PostgresTransaction
    ) async throws {
        let writer = ReservationWriter(transaction: transaction)
        let (reservation, lines) = try await writer.lock(order: order)
        let moved = lines.map { ($0.level, $0.level.moved(by: $0.quantity)) }
        try self.settle(kind, reservation, order, command, writer, moved: moved)
    }

    private func settle(
        _ kind: ReservationCommand, _ reservation: Reservation?, _ order: OrderID, _ command: String,
        _ writer: ReservationWriter, moved: [(before: StockLevel, after: StockLevel)]
    ) throws {
        let version = (reservation?.version ?? 0) + 1
        switch ReservationDecision(kind, in: reservation?.state) {
        case .commit:
            writer.ship(order)
            writer.update(order, .committed)
            try self.answer(.committed, to: command, order, version: version, writer, moved: [])
        case .release:
            writer.giveBack(order)
            writer.update(order, .released)
            try self.answer(.released, to: command, order, version: version, writer, moved: moved)
        case .leaveTombstone:
            try writer.insert(order, .released)
            try self.answer(.released, to: command, order, version: version, writer, moved: [])
        case .answer(let state):
            writer.update(order, reservation?.state ?? state)
            let shortages = reservation?.shortages ?? []
            try self.answer(state, to: command, order, shortages: shortages, version: version, writer, moved: [])
        case .hold, .refuse:
            let state = reservation.map(\.state.rawValue) ?? "unknown"
            throw CatalogError(.impossibleCommand, "\(kind) of a reservation that is \(state)")
        }
    }

    /// Writes the answer, and events about products that are sold out now or can be had again: only that is news to
    /// other services, which must not count on a number of pieces anyway.
    private func answer(
        _ state: ReservationState, to command: String, _ order: OrderID, shortages: [StockShortage] = [], version: Int64,
        _ writer: ReservationWriter, moved: [(before: StockLevel, after: StockLevel)]
    ) throws {
        var events = [
            try CatalogEvents.reply(state, to: command, order: order, shortages: shortages, version: version)
        ]
        for (before, after) in moved where (before.available == 0) != (after.available == 0) {
            events.append(try CatalogEvents.changed(after))
        }
        self.outbox.append(events, in: writer.transaction)
        let pages = self.pages
        let void = moved.map { ProductPages.ProductPage(sku: $0.after.sku, revision: $0.after.revision) }
        writer.transaction.afterCommit {
            Self.answers[state]?.increment()
            if !void.isEmpty { pages.stockMoved(void) }
        }
    }
}
