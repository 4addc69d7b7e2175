import HTTPTypes
import ServiceKit

/// Why a call of a service gave nothing.
enum APIFailure: Error, Sendable {
    /// The service cannot be reached, has no room, or took too long. What was asked may have happened.
    case unavailable(APIService, retryAfter: Duration?)
    /// The service understood and said no.
    case refused(APIService, APIProblem)
    /// The visitor's login is over.
    case loggedOut

    /// The service's problem, if it refused with this type.
    func problem(_ slugs: String...) -> APIProblem? {
        guard case .refused(_, let problem) = self, slugs.contains(problem.slug) else { return nil }
        return problem
    }

    var isUnavailable: Bool {
        if case .unavailable = self { true } else { false }
    }

    /// Whether the service says that there is no such thing.
    var isNotFound: Bool {
        if case .refused(_, let problem) = self { problem.status == 404 } else { false }
    }
}

extension APIFailure: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unavailable(let service, let retryAfter):
            .unavailable(ServiceWords.outage(of: service), retryAfter: retryAfter ?? .seconds(5))
        case .refused(_, let problem):
            Self.problem(for: problem)
        case .loggedOut:
            .unauthorized("Please log in again.", isTokenBad: true)
        }
    }

    private static func problem(for problem: APIProblem) -> Problem {
        switch problem.status {
        case 404: Problem(.notFound)
        case 403: Problem(.forbidden)
        case 429: Problem(.tooManyRequests, headers: [.retryAfter: (problem.retryAfter ?? .seconds(10)).retryAfterText])
        case 409, 412, 422: Problem(HTTPResponse.Status(code: problem.status), detail: problem.detail)
        // Anything else is a question that should not have been asked: our mistake.
        default: Problem(.internalServerError)
        }
    }
}
