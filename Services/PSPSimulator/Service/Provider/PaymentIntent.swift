/// One promise of money and what became of it.
package struct PaymentIntent: Sendable, Hashable {
    package enum Status: String, Codable, Sendable {
        case requiresCapture = "requires_capture"
        case declined
        case succeeded
        case canceled
    }

    package let id: String
    package let amount: Int64
    package let currency: String
    package let paymentMethod: String
    package let orderID: String?
    package let paymentID: String?
    package let declineCode: String?
    package let created: String
    package internal(set) var status: Status
    package internal(set) var captured: Int64 = 0
    package internal(set) var refunded: Int64 = 0
}
