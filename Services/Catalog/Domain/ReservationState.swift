/// Where the reservation of an order stands.
///
///     (none) ── reserve ──► held ── commit ──► committed
///       │ │                  └──── release ──► released
///       │ └─ reserve, out of stock ──────────► rejected
///       └─── release ────────────────────────► released   (a tombstone: a reserve that comes late finds it)
public enum ReservationState: String, Hashable, Sendable, CaseIterable {
    /// The pieces are kept for the order.
    case held
    /// The pieces have left the house.
    case committed
    /// The pieces can be ordered by others again, or were never kept.
    case released
    /// There was not enough; nothing is kept.
    case rejected
}
