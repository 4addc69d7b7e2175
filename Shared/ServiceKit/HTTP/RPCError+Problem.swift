import RPC

extension RPCError: ProblemSource {
    var problem: Problem {
        switch self.code {
        case .deadlineExceeded: .deadlineExceeded
        case .unavailable, .resourceExhausted, .aborted, .cancelled:
            .unavailable("A part that is needed is not available at the moment.", retryAfter: self.retryAfter ?? .seconds(1))
        default: .internalError
        }
    }
}
