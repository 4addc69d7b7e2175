/// The id of an entry of a stream: two numbers, ordered by the first and then by the second.
///
/// Redis fills them with milliseconds and a counter; the event log sets them itself, to epoch and sequence.
public struct StreamID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The part before the dash.
    public let major: UInt64
    /// The part behind the dash.
    public let minor: UInt64

    /// The id before all entries.
    public static let zero = StreamID(major: 0, minor: 0)

    /// Creates an id from its two parts.
    public init(major: UInt64, minor: UInt64) {
        self.major = major
        self.minor = minor
    }

    /// Reads `major-minor`, or `major` alone for a minor of 0; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let major = UInt64(parts[0]), let minor = parts.count > 1 ? UInt64(parts[1]) : 0 else { return nil }
        self.init(major: major, minor: minor)
    }

    public var description: String { "\(self.major)-\(self.minor)" }

    public static func < (left: StreamID, right: StreamID) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
