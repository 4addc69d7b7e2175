/// Where an event stands in its partition: an epoch and a dense sequence number.
///
/// Within a partition the sequence rises by one from event to event. The epoch rises when the producer's database may have
/// lost its newest commits (a failover, a restored backup), so that numbers given again are not mistaken for the old ones.
public struct LogPosition: Hashable, Comparable, Sendable {
    /// The generation of the producer's database, from 1.
    public let epoch: Int64
    /// The event's number in the partition, from 1.
    public let sequence: Int64

    /// The position before the first event of all.
    public static let start = LogPosition(epoch: 0, sequence: 0)

    /// Makes a position.
    public init(epoch: Int64, sequence: Int64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Reads what ``description`` wrote; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]), epoch >= 0, sequence >= 0
        else { return nil }
        self.init(epoch: epoch, sequence: sequence)
    }

    public static func < (left: LogPosition, right: LogPosition) -> Bool {
        (left.epoch, left.sequence) < (right.epoch, right.sequence)
    }
}

extension LogPosition: CustomStringConvertible {
    /// `<epoch>-<sequence>`: the id of a Redis Streams entry.
    public var description: String { "\(self.epoch)-\(self.sequence)" }
}
