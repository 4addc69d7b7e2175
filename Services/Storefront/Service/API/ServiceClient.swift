import Logging
import Metrics
import Resilience
import ServiceKit

/// Calls of one service through the shared layer: deadline, retries with a budget where they are safe, breaker.
struct ServiceClient: Sendable {
    let service: APIService
    private let transport: any APITransport
    private let policy: CallPolicy

    init(_ service: APIService, transport: any APITransport, timeout: Duration, logger: Logger) {
        self.service = service
        self.transport = transport
        let observer = APICallMetrics(target: service.rawValue, logger: logger)
        // Pages are asked for by people: a service that hangs is given up after some calls, and a sentence stands in its place.
        let breaker = BreakerConfiguration(minimumCalls: 20, failureRate: 0.5, openDuration: .seconds(1), maximumOpenDuration: .seconds(5))
        self.policy = CallPolicy(
            target: service.rawValue,
            timeout: timeout,
            retry: RetryPolicy(maximumAttempts: 3, backoff: Backoff(base: .milliseconds(40), maximum: .milliseconds(500))),
            budget: RetryBudget(),
            breaker: CircuitBreaker(target: service.rawValue, configuration: breaker, observer: observer),
            observer: observer
        )
    }

    /// Sends a request and gives its answer, whatever was said in it.
    ///
    /// - Throws: ``APIFailure/unavailable(_:retryAfter:)`` when there was none, or it was that there is no room.
    func answer(to request: APIRequest) async throws -> APIAnswer {
        do {
            return try await call(self.policy, isSafeToRetry: request.isSafeToRetry, classify: Self.classify) { attempt in
                let deadline = attempt.deadline ?? .after(.seconds(5))
                return try self.checked(try await self.transport.send(request, to: self.service, deadline: deadline), request.patience)
            }
        } catch let error as CancellationError {
            throw error
        } catch let busy as Busy {
            throw APIFailure.unavailable(self.service, retryAfter: busy.retryAfter)
        } catch {
            throw APIFailure.unavailable(self.service, retryAfter: (error as? ResilienceRejection)?.retryAfter)
        }
    }

    /// Opens a stream. Nothing is repeated: who reads it comes again.
    func open(_ request: APIRequest) async throws -> APIStream {
        do {
            return try await call(self.policy, isSafeToRetry: false, classify: Self.classify) { attempt in
                try await self.transport.open(request, at: self.service, deadline: attempt.deadline ?? .after(.seconds(5)))
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw APIFailure.unavailable(self.service, retryAfter: nil)
        }
    }

    /// An answer that is none: the service, or the balancer in its place, has no room or no time.
    private struct Busy: Error {
        var retryAfter: Duration?
        var outcome: CallOutcome
    }

    private func checked(_ answer: APIAnswer, _ patience: APIRequest.Patience) throws -> APIAnswer {
        let retryAfter = patience == .order ? answer.retryAfter ?? .seconds(1) : nil
        switch answer.status {
        case 502, 503: throw Busy(retryAfter: answer.retryAfter, outcome: .overloaded(retryAfter: retryAfter))
        case 500, 504: throw Busy(retryAfter: answer.retryAfter, outcome: .transient)
        case 409 where answer.retryAfter != nil && patience == .order:
            // The first request under this key is still running: its answer is ours, in a moment.
            throw Busy(retryAfter: answer.retryAfter, outcome: .overloaded(retryAfter: retryAfter))
        default: return answer
        }
    }

    @Sendable private static func classify(_ error: any Error) -> CallOutcome {
        (error as? Busy)?.outcome ?? .transient
    }
}
