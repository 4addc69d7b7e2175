/// What a connection waits for on its socket.
public struct Interest: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Wake me when there is something to read.
    public static let read = Interest(rawValue: 1)
    /// Wake me when the socket's send buffer has room.
    public static let write = Interest(rawValue: 2)
}
