import Foundation

/// What the provider tells its client about a change it made.
package struct WebhookEvent: Sendable, Hashable, Codable {
    package struct Object: Sendable, Hashable, Codable {
        package let id: String
        package let status: String
        package let amount: Int64
        package let currency: String
        package let metadata: [String: String]
    }

    package let id: String
    package let type: String
    package let created: String
    package let data: Object

    /// The event of a journal line, or nil where the client is not told of such lines.
    package init?(_ record: JournalRecord) {
        let status: PaymentIntent.Status
        switch record.type {
        case .authorized: status = .requiresCapture
        case .declined: status = .declined
        case .captured, .refunded: status = .succeeded
        case .voided: status = .canceled
        case .paymentMethod, .refused: return nil
        }
        guard let intent = record.paymentIntent else { return nil }
        self.id = "evt_\(record.sequence)_\(intent.dropFirst(3))"
        self.type = "payment_intent.\(record.type.rawValue)"
        self.created = record.at
        var metadata: [String: String] = [:]
        metadata["order_id"] = record.orderID
        metadata["payment_id"] = record.paymentID
        self.data = Object(
            id: intent,
            status: status.rawValue,
            amount: record.amount ?? 0,
            currency: record.currency ?? "",
            metadata: metadata
        )
    }
}
