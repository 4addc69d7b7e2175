/// What order-tracking asks of an order's reservation.
public enum ReservationCommand: Hashable, Sendable, CaseIterable {
    case reserve
    case commit
    case release
}
