internal import Foundation

/// An event in the outbox, with its number.
struct OutboxRecord: Sendable {
    let sequence: Int64
    let id: String
    let type: String
    let aggregateType: String
    let aggregateID: String
    let aggregateVersion: Int64
    let traceparent: String?
    let time: Date
    let payload: [UInt8]

    /// The event as it travels.
    func envelope(source: String, partition: LogPartition, numbering: EpochNumbering) -> EventEnvelope {
        EventEnvelope(
            id: self.id, source: source, type: self.type, subject: self.aggregateID, aggregateType: self.aggregateType,
            aggregateVersion: self.aggregateVersion, time: self.time, traceparent: self.traceparent, payload: self.payload,
            partition: partition, position: numbering.position(of: self.sequence),
            previous: numbering.position(of: self.sequence - 1)
        )
    }
}
