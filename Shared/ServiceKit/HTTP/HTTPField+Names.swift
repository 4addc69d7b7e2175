public import HTTPTypes

extension HTTPField.Name {
    /// Which instance answered.
    public static let soukInstance = HTTPField.Name("Souk-Instance")!
    /// The guest's cart.
    public static let soukCart = HTTPField.Name("Souk-Cart")!
    /// A client that sends it back reads its own writes.
    public static let soukReadAfter = HTTPField.Name("Souk-Read-After")!
    /// Makes a request safe to repeat.
    public static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    /// Says that a stored answer is shown again.
    public static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    /// W3C Trace Context.
    public static let traceParent = HTTPField.Name("traceparent")!
    /// W3C Trace Context, vendors' part.
    public static let traceState = HTTPField.Name("tracestate")!
    /// How the caller wants the answer (RFC 7240).
    public static let prefer = HTTPField.Name("Prefer")!
    /// The addresses of the caller and of proxies on the way.
    public static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
