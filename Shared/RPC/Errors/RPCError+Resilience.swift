public import Resilience

extension RPCError {
    /// The status for a call that one of our own policies refused. Nothing was sent.
    public init(_ rejection: ResilienceRejection) {
        let code: Code =
            switch rejection.policy {
            case .deadline: .deadlineExceeded
            case .budget, .breaker: .unavailable
            case .bulkhead: .resourceExhausted
            }
        self.init(code, rejection.description, retryAfter: rejection.retryAfter)
    }

    /// What the status says about the server's health and about trying again.
    ///
    /// An answer such as `NOT_FOUND` is a success here: the server is well and has answered.
    public var outcome: CallOutcome {
        switch self.code {
        case .unavailable: .transient
        case .resourceExhausted: .overloaded(retryAfter: self.retryAfter)
        case .deadlineExceeded, .internal, .unknown, .dataLoss: .failure
        case .cancelled: .ignored
        case .invalidArgument, .notFound, .alreadyExists, .permissionDenied, .failedPrecondition, .aborted, .outOfRange,
            .unimplemented, .unauthenticated:
            .success
        }
    }

    /// Translates what went wrong in an operation into a status for the caller.
    init(translating error: any Error) {
        switch error {
        case let error as RPCError: self = error
        case let error as any RPCErrorConvertible: self = error.rpcError
        case let error as ResilienceRejection: self.init(error)
        case is CancellationError: self.init(.cancelled, "the call was cancelled")
        default: self.init(.unknown)
        }
    }
}
