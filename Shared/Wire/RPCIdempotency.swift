/// What doing a call twice means; protobuf's `MethodOptions.IdempotencyLevel`.
public enum RPCIdempotency: Sendable {
    /// Reads only: may be retried and hedged.
    case noSideEffects
    /// Writes, with the same effect once or many times: may be retried.
    case idempotent
    /// Only sent again when it certainly was never received.
    case unknown

    /// Whether an attempt whose outcome is unknown may be repeated.
    public var isSafeToRetry: Bool { self != .unknown }
}
