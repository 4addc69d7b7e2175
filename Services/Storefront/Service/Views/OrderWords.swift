import Commerce

/// What an order's state means to the shopper.
struct OrderWords: Sendable, Hashable {
    let status: String
    let cancelReason: String?

    init(_ order: Order) {
        self.init(status: order.status, cancelReason: order.cancelReason)
    }

    init(status: String, cancelReason: String? = nil) {
        self.status = status
        self.cancelReason = cancelReason
    }

    var label: String { Self.label(of: self.status) }

    static func label(of status: String) -> String {
        switch status {
        case "placed": "Placed"
        case "reserving": "Reserving your goods"
        case "authorizing": "Asking your bank"
        case "confirmed": "Confirmed"
        case "shipped": "On its way"
        case "delivered": "Delivered"
        case "cancelling": "Being cancelled"
        case "cancelled": "Cancelled"
        case "refunded": "Refunded"
        case "partially_refunded": "Partly refunded"
        default: status.replacing("_", with: " ").capitalizedFirst
        }
    }

    /// Which colour it is shown in.
    var tone: String {
        switch self.status {
        case "confirmed", "shipped", "delivered": "good"
        case "cancelling", "cancelled": "bad"
        default: "calm"
        }
    }

    var sentence: String {
        switch self.status {
        case "placed", "reserving": "We have your order and are taking your goods from the shelf."
        case "authorizing": "Your goods are reserved. We are asking your bank."
        case "confirmed": "Thank you. Everything is reserved and your payment is authorized; you are charged when we ship."
        case "shipped": "Your parcel is on its way and your card has been charged."
        case "delivered": "Your parcel has arrived. Enjoy it."
        case "cancelling": "The order is being cancelled: goods go back to the shelf, money stays yours."
        case "cancelled": self.reason ?? "The order was cancelled. You have not been charged."
        case "refunded": "Your money is on its way back to you."
        case "partially_refunded": "A part of your money is on its way back to you."
        default: "We are working on your order."
        }
    }

    /// Why it was cancelled.
    var reason: String? {
        guard self.status == "cancelled" || self.status == "cancelling" else { return nil }
        return switch self.cancelReason {
        case "out_of_stock": "Somebody was faster: something in your order has just sold out. You have not been charged."
        case "payment_declined": "Your bank declined the payment. You have not been charged; try another card."
        case "customer": "You cancelled this order. You have not been charged."
        case "timeout": "A part of the shop did not answer in time, so we cancelled the order. You have not been charged."
        default: nil
        }
    }

    /// Whether nothing will change any more.
    var isOver: Bool { ["delivered", "cancelled", "refunded"].contains(self.status) }

    var canCancel: Bool { ["placed", "reserving", "authorizing", "confirmed"].contains(self.status) }
}

extension String {
    /// With a capital letter at the start.
    var capitalizedFirst: String { self.prefix(1).uppercased() + self.dropFirst() }
}
