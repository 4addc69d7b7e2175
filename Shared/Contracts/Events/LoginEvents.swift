public import Wire

// What login says.

extension Souk_Events_V1_AccountCreated: EventMessage {
    public static let eventType = "souk.account.created.v1"
}

extension Souk_Events_V1_SessionStarted: EventMessage {
    public static let eventType = "souk.session.started.v1"
}

extension Souk_Events_V1_SessionEnded: EventMessage {
    public static let eventType = "souk.session.ended.v1"
}
