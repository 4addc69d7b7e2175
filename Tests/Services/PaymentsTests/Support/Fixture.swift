import Commerce

/// Identifiers for tests.
enum Fixture {
    static let order = Fixture.new(OrderKind.self)
    static let payment = Fixture.new(PaymentKind.self)
    static let refund = Fixture.new(RefundKind.self)

    /// A fresh identifier.
    static func new<Kind: IDKind>(_ kind: Kind.Type = Kind.self) -> TypedID<Kind> {
        var generator = SystemRandomNumberGenerator()
        return TypedID.make(millisecondsSinceEpoch: 1_700_000_000_000, using: &generator)
    }
}
