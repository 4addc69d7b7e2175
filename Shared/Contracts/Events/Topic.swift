/// The topics of the event log: one for each service that says something.
///
/// A consumer reads a producer's whole topic and passes over the types that it does not handle, so that all that one
/// aggregate says stays in one order.
public enum Topic: String, Sendable, CaseIterable {
    case login
    case catalog
    case cart
    case payments
    case orders
}
