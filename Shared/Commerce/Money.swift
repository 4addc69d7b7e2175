/// An exact amount of one currency, in its minor unit (pence for GBP).
///
/// Never floating point. Every operation is checked: it returns the exact result or throws.
public struct Money: Hashable, Sendable, Codable {
    /// Minor units; negative for credits.
    public let amount: Int64
    /// The currency of `amount`.
    public let currency: Currency

    /// Makes an amount of minor units.
    public init(amount: Int64, currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    /// Nothing, in a currency.
    public static func zero(_ currency: Currency) -> Money {
        Money(amount: 0, currency: currency)
    }

    /// The exact sum.
    ///
    /// - Throws: ``CommerceError``: `currencyMismatch`, or `overflow` beyond 64 bits.
    public func adding(_ other: Money) throws(CommerceError) -> Money {
        try self.combining(other) { $0.addingReportingOverflow($1) }
    }

    /// The exact difference.
    ///
    /// - Throws: ``CommerceError``: `currencyMismatch`, or `overflow` beyond 64 bits.
    public func subtracting(_ other: Money) throws(CommerceError) -> Money {
        try self.combining(other) { $0.subtractingReportingOverflow($1) }
    }

    /// The price of `quantity` pieces at this unit price.
    ///
    /// - Throws: ``CommerceError``: `overflow` beyond 64 bits.
    public func multiplied(by quantity: Quantity) throws(CommerceError) -> Money {
        let (product, overflow) = self.amount.multipliedReportingOverflow(by: Int64(quantity.value))
        guard !overflow else { throw CommerceError(.overflow, "the amount is too large") }
        return Money(amount: product, currency: self.currency)
    }

    private func combining(
        _ other: Money,
        _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws(CommerceError) -> Money {
        guard self.currency == other.currency else {
            throw CommerceError(.currencyMismatch, "amounts of different currencies cannot be combined")
        }
        let (result, overflow) = operation(self.amount, other.amount)
        guard !overflow else { throw CommerceError(.overflow, "the amount is too large") }
        return Money(amount: result, currency: self.currency)
    }
}

extension Money {
    /// The exact sum of amounts of one currency.
    ///
    /// - Throws: ``CommerceError``: `currencyMismatch`, or `overflow` beyond 64 bits.
    public static func sum(_ amounts: some Sequence<Money>, in currency: Currency) throws(CommerceError) -> Money {
        var total = Money.zero(currency)
        for amount in amounts { total = try total.adding(amount) }
        return total
    }
}
