import Foundation

/// The final state of an order, as its page shows it.
package struct OrderOutcome: Sendable, Hashable {
    package var ending: SaleResult.Ending
    package var confirming: Duration?

    package init(ending: SaleResult.Ending, confirming: Duration?) {
        self.ending = ending
        self.confirming = confirming
    }

    /// - Parameter seenAfter: How long the shopper waited; stands in for a timeline that has no such entries.
    /// - Returns: `nil` while the order is in no final state.
    init?(_ order: ShopMessages.Order, seenAfter: Duration) {
        switch order.status {
        case "confirmed", "shipped", "delivered", "partially_refunded", "refunded":
            self.init(ending: .confirmed, confirming: Self.confirming(order.timeline ?? []) ?? seenAfter)
        case "cancelled":
            self.init(ending: .cancelled(reason: order.cancelReason ?? "no reason given"), confirming: nil)
        default:
            return nil
        }
    }

    private static func confirming(_ timeline: [ShopMessages.TimelineEntry]) -> Duration? {
        guard
            let placed = timeline.first(where: { $0.status == "placed" }).flatMap({ Self.date($0.at) }),
            let confirmed = timeline.first(where: { $0.status == "confirmed" }).flatMap({ Self.date($0.at) })
        else { return nil }
        return .milliseconds(Int64((confirmed.timeIntervalSince(placed) * 1_000).rounded()))
    }

    /// RFC 3339, with or without fractions of a second.
    private static func date(_ text: String) -> Date? {
        let style = Date.ISO8601FormatStyle()
        return (try? style.year().month().day().time(includingFractionalSeconds: true).parse(text)) ?? (try? style.parse(text))
    }
}
