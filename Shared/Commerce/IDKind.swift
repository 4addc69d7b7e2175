/// What an identifier identifies: its prefix on the wire and in the database.
public protocol IDKind: Sendable {
    /// Lower-case letters without the underscore, such as `ord`.
    static var prefix: String { get }
}

/// A customer's or member of staff's account.
public enum AccountKind: IDKind { public static let prefix = "acc" }
/// A cart.
public enum CartKind: IDKind { public static let prefix = "crt" }
/// One checkout of a cart: what at most one order may come of.
public enum CheckoutKind: IDKind { public static let prefix = "chk" }
/// A command of the saga, the same when it is sent again.
public enum CommandKind: IDKind { public static let prefix = "cmd" }
/// An event.
public enum EventKind: IDKind { public static let prefix = "evt" }
/// An order.
public enum OrderKind: IDKind { public static let prefix = "ord" }
/// A payment of an order.
public enum PaymentKind: IDKind { public static let prefix = "pay" }
/// A stored payment method.
public enum PaymentMethodKind: IDKind { public static let prefix = "pm" }
/// A refund.
public enum RefundKind: IDKind { public static let prefix = "rfd" }
/// A reservation of stock.
public enum ReservationKind: IDKind { public static let prefix = "rsv" }
/// A logged-in session: a family of refresh tokens.
public enum SessionKind: IDKind { public static let prefix = "ses" }
/// A shipment.
public enum ShipmentKind: IDKind { public static let prefix = "shp" }

public typealias AccountID = TypedID<AccountKind>
public typealias CartID = TypedID<CartKind>
public typealias CheckoutID = TypedID<CheckoutKind>
public typealias CommandID = TypedID<CommandKind>
public typealias EventID = TypedID<EventKind>
public typealias OrderID = TypedID<OrderKind>
public typealias PaymentID = TypedID<PaymentKind>
public typealias PaymentMethodID = TypedID<PaymentMethodKind>
public typealias RefundID = TypedID<RefundKind>
public typealias ReservationID = TypedID<ReservationKind>
public typealias SessionID = TypedID<SessionKind>
public typealias ShipmentID = TypedID<ShipmentKind>
