/// The keys of this module's log metadata.
enum LogKey {
    static let topic = "event.topic"
    static let partition = "event.partition"
    static let position = "event.position"
    static let expected = "event.expected"
    static let eventID = "event.id"
    static let eventType = "event.type"
    static let subject = "event.subject"
    static let group = "event.group"
    static let attempts = "event.attempts"
    static let owner = "event.owner"
    static let error = "error"
    static let count = "event.count"
}
