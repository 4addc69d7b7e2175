public import Wire

// What payments says: its replies to order-tracking.

extension Souk_Events_V1_PaymentAuthorized: EventMessage {
    public static let eventType = "souk.payment.authorized.v1"
}

extension Souk_Events_V1_PaymentDeclined: EventMessage {
    public static let eventType = "souk.payment.declined.v1"
}

extension Souk_Events_V1_PaymentCaptured: EventMessage {
    public static let eventType = "souk.payment.captured.v1"
}

extension Souk_Events_V1_PaymentVoided: EventMessage {
    public static let eventType = "souk.payment.voided.v1"
}

extension Souk_Events_V1_PaymentRefunded: EventMessage {
    public static let eventType = "souk.payment.refunded.v1"
}

extension Souk_Events_V1_PaymentFailed: EventMessage {
    public static let eventType = "souk.payment.failed.v1"
}
