/// What a cart does not admit.
public enum CartViolation: Error, Hashable, Sendable {
    /// More than ``CartRules/maximumLines`` different products.
    case tooManyLines
    /// More than `Quantity.maximum` pieces of one product.
    case quantityTooLarge
    /// A total beyond 64 bits, or of several currencies.
    case totalTooLarge
}
