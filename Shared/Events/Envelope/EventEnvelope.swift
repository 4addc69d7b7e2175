public import Foundation
internal import SwiftProtobuf
public import Wire

/// An event as it travels: the attributes of CloudEvents 1.0 by their names, and the message's bytes.
public struct EventEnvelope: Hashable, Sendable {
    /// The event's identity, unique within ``source``.
    public let id: String
    /// Who says it, such as `souk/orders`.
    public let source: String
    /// What it says, with its major version, such as `souk.order.placed.v1`.
    public let type: String
    /// The aggregate it is about; all events of one subject come in order.
    public let subject: String
    /// The kind of aggregate, such as `order`.
    public let aggregateType: String
    /// The aggregate's version after the change; rises from event to event of one subject.
    public let aggregateVersion: Int64
    /// When the producer's transaction began.
    public let time: Date
    /// The W3C trace context of the work that caused the event.
    public let traceparent: String?
    /// The protobuf message.
    public let payload: [UInt8]
    /// The topic and partition it travels in.
    public let partition: LogPartition
    /// Its place in the partition.
    public let position: LogPosition
    /// The place of the event before it: what a consumer must have applied.
    public let previous: LogPosition

    /// The dense number in the partition (CloudEvents' `sequence`).
    public var sequence: Int64 { self.position.sequence }
    /// The generation of the producer's database.
    public var epoch: Int64 { self.position.epoch }

    /// Makes an envelope.
    public init(
        id: String, source: String, type: String, subject: String, aggregateType: String, aggregateVersion: Int64,
        time: Date, traceparent: String?, payload: [UInt8],
        partition: LogPartition, position: LogPosition, previous: LogPosition
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.aggregateType = aggregateType
        self.aggregateVersion = aggregateVersion
        self.time = time
        self.traceparent = traceparent
        self.payload = payload
        self.partition = partition
        self.position = position
        self.previous = previous
    }

    /// Reads the message.
    ///
    /// - Throws: ``EventError`` with `undecodable` when the bytes are no such message.
    public func decode<Message: EventMessage>(_ message: Message.Type = Message.self) throws -> Message {
        do {
            return try Message(serializedBytes: self.payload)
        } catch {
            throw EventError(.undecodable, "the payload of \(self.type) is no \(Message.self): \(error)")
        }
    }
}
