extension RPCError {
    /// The status codes of gRPC. The set is closed by its specification (doc/statuscodes.md).
    public enum Code: Int, Sendable, Hashable, CaseIterable {
        /// The caller went away.
        case cancelled = 1
        /// An error that nobody translated.
        case unknown = 2
        /// The request is wrong whatever the state of the system.
        case invalidArgument = 3
        /// The time was over before the answer came. The call may have had its effect.
        case deadlineExceeded = 4
        /// What was asked for does not exist.
        case notFound = 5
        /// What was to be created exists.
        case alreadyExists = 6
        /// The caller is known and may not do this.
        case permissionDenied = 7
        /// Too many calls, or a message that is too big.
        case resourceExhausted = 8
        /// The system is not in the state that the call needs; do not retry before that has changed.
        case failedPrecondition = 9
        /// A conflict with somebody at the same time; retry the whole sequence that led here.
        case aborted = 10
        /// Past the end of what there is.
        case outOfRange = 11
        /// The server does not know the method.
        case unimplemented = 12
        /// Something that must not happen.
        case `internal` = 13
        /// The server cannot be reached or cannot answer now; retry this call.
        case unavailable = 14
        /// Data is lost or broken.
        case dataLoss = 15
        /// The caller did not say who it is.
        case unauthenticated = 16

        /// The name as gRPC writes it, such as `NOT_FOUND`; for metrics and logs.
        public var name: String {
            switch self {
            case .cancelled: "CANCELLED"
            case .unknown: "UNKNOWN"
            case .invalidArgument: "INVALID_ARGUMENT"
            case .deadlineExceeded: "DEADLINE_EXCEEDED"
            case .notFound: "NOT_FOUND"
            case .alreadyExists: "ALREADY_EXISTS"
            case .permissionDenied: "PERMISSION_DENIED"
            case .resourceExhausted: "RESOURCE_EXHAUSTED"
            case .failedPrecondition: "FAILED_PRECONDITION"
            case .aborted: "ABORTED"
            case .outOfRange: "OUT_OF_RANGE"
            case .unimplemented: "UNIMPLEMENTED"
            case .internal: "INTERNAL"
            case .unavailable: "UNAVAILABLE"
            case .dataLoss: "DATA_LOSS"
            case .unauthenticated: "UNAUTHENTICATED"
            }
        }
    }
}

extension RPCError.Code: CustomStringConvertible {
    public var description: String { self.name }
}
