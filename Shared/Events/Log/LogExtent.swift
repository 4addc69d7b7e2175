/// How far a partition of the log reaches.
public struct LogExtent: Hashable, Sendable {
    /// The position of the newest event ever appended; ``LogPosition/start`` when the log knows nothing of the partition.
    public let tail: LogPosition
    /// The position of the oldest event that can still be read, or nil when there is none.
    public let first: LogPosition?
    /// How many events can be read.
    public let count: Int

    /// A partition that the log knows nothing of.
    public static let unknown = LogExtent(tail: .start, first: nil, count: 0)

    /// Makes an extent.
    public init(tail: LogPosition, first: LogPosition?, count: Int) {
        self.tail = tail
        self.first = first
        self.count = count
    }
}
