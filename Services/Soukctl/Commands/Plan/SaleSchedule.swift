/// Which sales may run at the same time.
///
/// Two rules, both in the file's order: a customer's next sale begins when the last one is finished (one cart, one order
/// at a time), and a sale that needs another price for a SKU begins when all sales at the price before are placed (the
/// price is held for them). Later sales always wait for earlier ones, never the other way, so it cannot deadlock.
package struct SaleSchedule: Sendable {
    /// For each sale, how many others it still waits for.
    private var blockers: [Int]
    private var afterPlaced: [[Int]]
    private var afterFinished: [[Int]]
    private var isPlaced: [Bool]
    private var isFinished: [Bool]

    /// Sales that may begin, earliest first.
    private var ready: [Int] = []
    private var unfinished: Int

    package init(_ sales: [Sale]) {
        self.blockers = Array(repeating: 0, count: sales.count)
        self.afterPlaced = Array(repeating: [], count: sales.count)
        self.afterFinished = Array(repeating: [], count: sales.count)
        self.isPlaced = Array(repeating: false, count: sales.count)
        self.isFinished = Array(repeating: false, count: sales.count)
        self.unfinished = sales.count
        var lastOfCustomer: [String: Int] = [:]
        var prices: [String: PriceSpan] = [:]
        for (index, sale) in sales.enumerated() {
            if let last = lastOfCustomer.updateValue(index, forKey: sale.customer) {
                self.afterFinished[last].append(index)
                self.blockers[index] += 1
            }
            for earlier in Self.holders(of: sale, index, &prices) {
                self.afterPlaced[earlier].append(index)
                self.blockers[index] += 1
            }
            if self.blockers[index] == 0 { self.ready.append(index) }
        }
    }

    /// Whether every sale is finished.
    package var isDone: Bool { self.unfinished == 0 }

    /// Takes the earliest sale that may begin.
    package mutating func next() -> Int? {
        self.ready.isEmpty ? nil : self.ready.removeFirst()
    }

    /// The order of this sale is acknowledged, or given up: its prices need no longer be held.
    package mutating func placed(_ index: Int) {
        guard !self.isPlaced[index] else { return }
        self.isPlaced[index] = true
        self.release(self.afterPlaced[index])
    }

    /// The order is in its final state and the cart is empty again, or the sale was given up.
    package mutating func finished(_ index: Int) {
        self.placed(index)
        guard !self.isFinished[index] else { return }
        self.isFinished[index] = true
        self.unfinished -= 1
        self.release(self.afterFinished[index])
    }

    private mutating func release(_ waiting: [Int]) {
        for index in waiting {
            self.blockers[index] -= 1
            guard self.blockers[index] == 0 else { continue }
            let place = self.ready.firstIndex { $0 > index } ?? self.ready.endIndex
            self.ready.insert(index, at: place)
        }
    }

    /// The sales that must be placed before this one may change the price of one of its SKUs.
    private static func holders(of sale: Sale, _ index: Int, _ prices: inout [String: PriceSpan]) -> Set<Int> {
        var holders: Set<Int> = []
        for line in sale.lines {
            var span = prices[line.sku] ?? PriceSpan(price: line.unitPrice)
            if span.price != line.unitPrice { span = PriceSpan(price: line.unitPrice, before: span.sales) }
            holders.formUnion(span.before)
            span.sales.append(index)
            prices[line.sku] = span
        }
        return holders
    }

    /// Sales in a row at one price of a SKU, and those at the price before.
    private struct PriceSpan {
        var price: Int64
        var before: [Int] = []
        var sales: [Int] = []
    }
}
