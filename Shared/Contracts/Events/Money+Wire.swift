public import Commerce

extension Souk_Events_V1_Money {
    /// An amount, as it travels.
    public init(_ money: Money) {
        self.init()
        self.amount = money.amount
        self.currency = money.currency.code
    }
}

extension Money {
    /// An amount, as it came.
    ///
    /// - Throws: ``CommerceError`` with `invalidCurrency`.
    public init(_ message: Souk_Events_V1_Money) throws(CommerceError) {
        self.init(amount: message.amount, currency: try Currency(message.currency))
    }
}
