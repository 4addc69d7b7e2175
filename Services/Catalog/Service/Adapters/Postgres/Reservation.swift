internal import CatalogDomain
internal import Postgres

/// The row of an order's reservation.
struct Reservation: Sendable {
    let state: ReservationState
    let version: Int64
    let shortages: [StockShortage]

    init(row: PostgresRow) throws {
        let (state, version, shortages) = try row.decode((String, Int64, PostgresJSON).self)
        guard let state = ReservationState(rawValue: state) else {
            throw CatalogError(.corruptRow, "a reservation has the unknown state \(state)")
        }
        self.state = state
        self.version = version
        self.shortages = try shortages.decode([StockShortage].self)
    }
}
