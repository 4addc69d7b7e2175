/// What the kernel reported for a socket.
public struct ReadyEvents: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Bytes, or the end of the stream, can be read without blocking.
    public static let readable = ReadyEvents(rawValue: 1)
    /// Bytes can be written without blocking.
    public static let writable = ReadyEvents(rawValue: 2)
    /// The peer hung up or the socket has an error. It comes together with `readable`, so that the owner reads the reason.
    public static let failed = ReadyEvents(rawValue: 4)
}
