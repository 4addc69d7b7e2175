/// What became of one sale.
package struct SaleResult: Sendable, Hashable {
    /// How it ended.
    package enum Ending: Sendable, Hashable {
        case confirmed
        case cancelled(reason: String)
        /// Placed, but in no final state when the patience was over.
        case unfinished(status: String)
        /// Not placed, or an answer that the contract does not allow.
        case failed(why: String)
    }

    package var sale: String
    package var total: Int64
    package var ending: Ending

    /// What the order says and the file does not; empty when it is right.
    package var differences: [String] = []

    /// From sending the order to its acknowledgement.
    package var placing: Duration?

    /// From the acknowledged order to its confirmation, by the order's own timeline where it has one.
    package var confirming: Duration?

    package init(sale: String, total: Int64, ending: Ending) {
        self.sale = sale
        self.total = total
        self.ending = ending
    }

    /// Whether the shop did what the file asks.
    package var isRight: Bool { self.ending == .confirmed && self.differences.isEmpty }
}

extension SaleResult.Ending {
    /// Whether there is no order at all.
    package var isFailure: Bool {
        if case .failed = self { true } else { false }
    }
}
