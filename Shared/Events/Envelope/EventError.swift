/// What goes wrong with events themselves, apart from the database and the log.
public struct EventError: Error, Sendable, Hashable {
    /// The kind of failure. New kinds may be added; compare with `==`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case undecodable, tooLarge, misconfigured, malformedRecord
        }

        private let kind: Kind

        /// A payload that is not the message it is said to be.
        public static let undecodable = Code(kind: .undecodable)
        /// An event beyond the bound of its size.
        public static let tooLarge = Code(kind: .tooLarge)
        /// Settings that contradict what the database holds, such as another number of partitions.
        public static let misconfigured = Code(kind: .misconfigured)
        /// A record in the log that is no event.
        public static let malformedRecord = Code(kind: .malformedRecord)

        public var description: String { self.kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The full text, for people who debug.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension EventError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "Event failed (\(self.code))" }
    public var debugDescription: String { "EventError(\(self.code), \(self.message))" }
}
