import Auth
import Hummingbird
import Logging
import NIOCore
import Resilience

/// Turns any error that leaves a handler into a problem. Errors that are not known become a 500 without a word of their
/// own: what they say may hold data of others, so it is for the log only.
enum ErrorMapping {
    static func problem(for error: any Error, deadline: Deadline?) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let convertible as any ProblemConvertible: convertible.problem
        case let error as AuthError: self.problem(for: error)
        case let error as HTTPError: self.problem(for: error)
        case let rejection as ResilienceRejection: self.problem(for: rejection)
        case let error as any ProblemSource: error.problem
        case is NIOTooManyBytesError: Problem(.contentTooLarge, detail: "The body is larger than this route takes.")
        case is CancellationError:
            deadline?.isExpired == true ? .deadlineExceeded : .unavailable("The service is shutting down.")
        default: .internalError
        }
    }

    private static func problem(for error: AuthError) -> Problem {
        if error.code == .unavailable { return .unavailable(error.description, retryAfter: .seconds(2)) }
        return .unauthorized(error.description, isTokenBad: true)
    }

    /// The framework's errors carry texts for people, except where they come from parsing, which ours does.
    private static func problem(for error: HTTPError) -> Problem {
        Problem(error.status, detail: error.status.kind == .clientError ? error.body : nil, headers: error.headers)
    }

    private static func problem(for rejection: ResilienceRejection) -> Problem {
        switch rejection.policy {
        case .deadline: .deadlineExceeded
        default:
            .unavailable("A part that is needed is not available at the moment.", retryAfter: rejection.retryAfter ?? .seconds(1))
        }
    }
}
