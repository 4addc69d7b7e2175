import Commerce
import Foundation
import Metrics
import OrderTrackingDomain
import Synchronization

/// What happened to orders, counted when it is committed. Money is in minor units, apart for each currency.
final class OrderMetrics: Sendable {
    /// What counts orders and their worth, in one currency.
    private struct Sales {
        let count: Counter
        let worth: Counter

        init(_ name: String, _ currency: Currency) {
            let dimensions = [("currency", currency.code)]
            self.count = Counter(label: "orders_\(name)_total", dimensions: dimensions)
            self.worth = Counter(label: "orders_\(name)_minor_units_total", dimensions: dimensions)
        }

        func add(_ amount: Money) {
            self.count.increment()
            self.worth.increment(by: amount.amount)
        }
    }

    private struct Key: Hashable {
        var name: String
        var currency: Currency
    }

    private let sales = Mutex<[Key: Sales]>([:])
    private let cancelled: [CancelReason: Counter]
    private let shipped = Counter(label: "orders_shipped_total")
    private let delivered = Counter(label: "orders_delivered_total")
    private let resent = Counter(label: "orders_commands_resent_total")
    private let timedOut = Counter(label: "orders_steps_timed_out_total")
    private let confirmedAfter = Metrics.Timer(label: "orders_settled_seconds", dimensions: [("outcome", "confirmed")])
    private let cancelledAfter = Metrics.Timer(label: "orders_settled_seconds", dimensions: [("outcome", "cancelled")])

    init() {
        self.cancelled = Dictionary(
            uniqueKeysWithValues: CancelReason.allCases.map {
                ($0, Counter(label: "orders_cancelled_total", dimensions: [("reason", $0.rawValue)]))
            }
        )
        for name in ["placed", "confirmed", "refunded"] { _ = self.sales(name, .gbp) }
    }

    func placed(_ total: Money) {
        self.sales("placed", total.currency).add(total)
    }

    /// What one step did to an order.
    func moved(_ order: Order, _ step: SagaStep) {
        for fact in step.facts {
            switch fact {
            case .confirmed:
                self.sales("confirmed", order.saga.total.currency).add(order.saga.total)
                self.settled(order, self.confirmedAfter)
            case .cancelled(let reason):
                self.cancelled[reason]?.increment()
                // One that was confirmed before has settled already.
                if reason != .customer { self.settled(order, self.cancelledAfter) }
            case .shipped: self.shipped.increment()
            case .delivered: self.delivered.increment()
            case .refunded(_, let amount, _): self.sales("refunded", amount.currency).add(amount)
            }
        }
    }

    func sentAgain(_ commands: Int) { self.resent.increment(by: commands) }
    func stepTimedOut() { self.timedOut.increment() }

    private func settled(_ order: Order, _ timer: Metrics.Timer) {
        timer.recordNanoseconds(Int64(max(0, Date().timeIntervalSince(order.createdAt)) * 1e9))
    }

    private func sales(_ name: String, _ currency: Currency) -> Sales {
        let key = Key(name: name, currency: currency)
        return self.sales.withLock { sales in
            if let known = sales[key] { return known }
            let new = Sales(name, currency)
            sales[key] = new
            return new
        }
    }
}
