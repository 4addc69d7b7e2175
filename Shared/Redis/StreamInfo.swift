/// What `XINFO STREAM` tells about a stream.
public struct StreamInfo: Sendable, Hashable {
    /// How many entries there are.
    public let length: Int
    /// The highest id that was ever added; an id at or below it is refused, also after a trim.
    public let lastGeneratedID: StreamID
    /// The oldest entry's id, or nil when there is none.
    public let firstID: StreamID?

    /// Creates the description of a stream.
    public init(length: Int, lastGeneratedID: StreamID, firstID: StreamID?) {
        self.length = length
        self.lastGeneratedID = lastGeneratedID
        self.firstID = firstID
    }

    init(_ value: RedisValue) throws(RedisError) {
        guard let fields = value.fields, let length = fields["length"]?.integer,
            let last = fields["last-generated-id"]?.text.flatMap(StreamID.init)
        else { throw RedisError(.protocolViolation, "XINFO STREAM answered without length or last id") }
        let first = fields["first-entry"]?.elements?.first?.text.flatMap(StreamID.init)
        self.init(length: Int(length), lastGeneratedID: last, firstID: first)
    }
}
