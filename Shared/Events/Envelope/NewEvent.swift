internal import SwiftProtobuf
public import Wire

/// An event that is about to be written, before it has a place in its partition.
public struct NewEvent: Hashable, Sendable {
    /// The most bytes a payload may have. Events are facts, not documents: larger things are stored and referred to.
    public static let maximumPayload = 256 * 1024

    /// Unique; made here, so that it can be logged before the event is published.
    public let id: EventUUID
    /// The message's type with its major version.
    public let type: String
    /// The aggregate's id, which is the partition key.
    public let key: String
    /// The kind of aggregate, such as `order`.
    public let aggregateType: String
    /// The aggregate's version after the change.
    public let aggregateVersion: Int64
    /// The message's bytes.
    public let payload: [UInt8]

    /// An event that carries a message.
    ///
    /// - Parameters:
    ///   - message: What happened.
    ///   - key: The aggregate's id. Events of one key stay in order.
    ///   - aggregateType: The kind of aggregate.
    ///   - aggregateVersion: The aggregate's version after the change.
    /// - Throws: ``EventError`` with `tooLarge` beyond ``maximumPayload``.
    public init<Message: EventMessage>(
        _ message: Message, key: String, aggregateType: String, aggregateVersion: Int64
    ) throws {
        try self.init(
            type: Message.eventType, payload: message.serializedBytes(), key: key, aggregateType: aggregateType,
            aggregateVersion: aggregateVersion
        )
    }

    /// An event of bytes.
    ///
    /// - Throws: ``EventError`` with `tooLarge` beyond ``maximumPayload``.
    public init(
        type: String, payload: [UInt8], key: String, aggregateType: String, aggregateVersion: Int64
    ) throws {
        guard payload.count <= Self.maximumPayload else {
            throw EventError(.tooLarge, "\(type) has \(payload.count) bytes, more than \(Self.maximumPayload)")
        }
        self.id = EventUUID.make()
        self.type = type
        self.key = key
        self.aggregateType = aggregateType
        self.aggregateVersion = aggregateVersion
        self.payload = payload
    }
}
