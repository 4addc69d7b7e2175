/// Why a command did not answer.
///
/// `description` names the kind of failure only; `debugDescription` has the server's words and so may show keys.
public struct RedisError: Error, Sendable, Hashable {
    /// The kind of failure. New kinds may be added, so compare with `==` and keep a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case notConnected, connectionLost, timeout, server, overloaded, protocolViolation, invalidConfiguration, closed
        }

        private let kind: Kind

        /// There is no connection and the command was not sent.
        public static let notConnected = Code(kind: .notConnected)
        /// The connection broke after the command was sent: it may or may not have run.
        public static let connectionLost = Code(kind: .connectionLost)
        /// The deadline passed. See ``RedisError/isOutcomeUnknown``.
        public static let timeout = Code(kind: .timeout)
        /// Redis answered with an error.
        public static let server = Code(kind: .server)
        /// Too many commands are waiting; this one was not sent.
        public static let overloaded = Code(kind: .overloaded)
        /// The reply is not what the protocol or the command promises.
        public static let protocolViolation = Code(kind: .protocolViolation)
        /// A setting is wrong, such as a URL that cannot be read.
        public static let invalidConfiguration = Code(kind: .invalidConfiguration)
        /// The client was shut down; the command was not sent.
        public static let closed = Code(kind: .closed)

        public var description: String { self.kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The first word of the server's error, such as `NOSCRIPT`; nil unless ``code`` is ``Code/server``.
    public let serverCode: String?
    /// The full text, for people who debug.
    public let message: String
    /// Whether the command may have run although there is no answer. Repeat it only if running it twice is harmless.
    public let isOutcomeUnknown: Bool

    /// Creates an error of the client's own.
    public init(_ code: Code, _ message: String, isOutcomeUnknown: Bool = false) {
        self.code = code
        self.serverCode = nil
        self.message = message
        self.isOutcomeUnknown = isOutcomeUnknown
    }

    /// Creates the error for a server's error reply.
    public init(server message: String) {
        self.code = .server
        self.serverCode = message.split(separator: " ", maxSplits: 1).first.map(String.init) ?? "ERR"
        self.message = message
        self.isOutcomeUnknown = false
    }

    /// Whether the same command may succeed soon and has surely not run yet.
    public var isRetriable: Bool {
        if self.isOutcomeUnknown { return false }
        switch self.code {
        case .notConnected, .overloaded, .timeout: return true
        case .server: return Self.passingServerCodes.contains(self.serverCode ?? "")
        default: return false
        }
    }

    /// Errors with which Redis refuses a command that it would accept later, or on the node that is primary now.
    private static let passingServerCodes: Set<String> = [
        "LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "READONLY",
    ]
}

extension RedisError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        if let serverCode { "Redis refused the command (\(serverCode))" } else { "Redis command failed (\(self.code))" }
    }

    public var debugDescription: String {
        "RedisError(\(self.code), \(self.message)\(self.isOutcomeUnknown ? ", outcome unknown" : ""))"
    }
}
