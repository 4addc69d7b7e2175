import Foundation

@testable import Events

extension EventEnvelope {
    /// An event whose content hardly matters.
    static func sample(
        _ sequence: Int64, epoch: Int64 = 1, previousEpoch: Int64? = nil,
        in partition: LogPartition = LogPartition(topic: "orders", index: 0), subject: String = "ord_1",
        payload: [UInt8] = [1, 2, 3], traceparent: String? = nil
    ) -> EventEnvelope {
        EventEnvelope(
            id: "id-\(epoch)-\(sequence)", source: "souk/orders", type: "souk.order.placed.v1", subject: subject,
            aggregateType: "order", aggregateVersion: sequence, time: Date(timeIntervalSince1970: 1_700_000_000.5),
            traceparent: traceparent, payload: payload, partition: partition,
            position: LogPosition(epoch: epoch, sequence: sequence),
            previous: sequence == 1
                ? .start : LogPosition(epoch: previousEpoch ?? epoch, sequence: sequence - 1)
        )
    }
}
