public import Wire

// What cart says.

extension Souk_Events_V1_CartMerged: EventMessage {
    public static let eventType = "souk.cart.merged.v1"
}

extension Souk_Events_V1_CartCheckedOut: EventMessage {
    public static let eventType = "souk.cart.checked_out.v1"
}
