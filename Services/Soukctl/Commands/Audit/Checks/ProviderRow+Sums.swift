extension ProviderRow {
    /// Whether this line is about money of an order.
    var movesMoney: Bool { ["authorized", "captured", "voided", "refunded"].contains(self.type) }
}

extension Sequence<ProviderRow> {
    /// The money of all lines of one type.
    func sum(of type: String) -> Int64 {
        self.reduce(0) { $0 + ($1.type == type ? $1.amount ?? 0 : 0) }
    }
}
