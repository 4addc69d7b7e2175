/// Performs an operation under a policy: deadline, then a retry loop of { budget, breaker, operation }.
///
/// The operation runs with ``CallScope/current`` bound to the effective deadline and the attempt's number. It has to give up
/// at the deadline itself: on the happy path there is no timer and no task group here.
///
/// - Parameters:
///   - policy: The guards of the target.
///   - isSafeToRetry: Whether doing the operation twice is harmless.
///   - classify: What an error of the operation says about the target. `CancellationError` is always ``CallOutcome/ignored``.
///   - operation: One attempt.
/// - Returns: The result of the first attempt that succeeded.
/// - Throws: ``ResilienceRejection`` if nothing was tried, else the error of the last attempt. A retry that is refused
///   (by the budget, the breaker or the deadline) leaves the error of the attempt before it.
public func call<Value: Sendable>(
    _ policy: CallPolicy,
    isSafeToRetry: Bool,
    classify: @Sendable (any Error) -> CallOutcome,
    _ operation: (CallAttempt) async throws -> Value
) async throws -> Value {
    let start = policy.environment.now()
    var scope = CallScope.current
    if let timeout = policy.timeout {
        let own = Deadline(start.advanced(by: timeout))
        scope.deadline = scope.deadline?.earlier(own) ?? own
    }
    if let deadline = scope.deadline, deadline.isExpired(at: start) {
        throw policy.reject(.deadline)
    }
    policy.budget?.deposit(at: start)
    var backoff: BackoffCore?
    var lastFailure: (any Error)?
    var number = 0
    while true {
        scope.attempt = number
        switch await policy.attempt(scope, classify, operation) {
        case .value(let value):
            policy.finished(.success, since: start, attempts: number + 1)
            return value
        case .rejected(let rejection):
            policy.observer.rejected(rejection)
            throw lastFailure ?? rejection
        case .failed(let error, let outcome):
            lastFailure = error
            let mayRetry = isSafeToRetry && number + 1 < policy.retry?.maximumAttempts ?? 1
            guard mayRetry, let delay = policy.retryDelay(after: outcome, &backoff, deadline: scope.deadline) else {
                policy.finished(outcome, since: start, attempts: number + 1)
                throw error
            }
            try await policy.pause(delay, since: start, attempts: number + 1)
            number += 1
        }
    }
}

/// How one attempt ended.
private enum AttemptEnd<Value> {
    case value(Value)
    case failed(any Error, CallOutcome)
    case rejected(ResilienceRejection)
}

extension CallPolicy {
    fileprivate func reject(_ policy: ResilienceRejection.Policy) -> ResilienceRejection {
        let rejection = ResilienceRejection(policy: policy, target: self.target)
        self.observer.rejected(rejection)
        return rejection
    }

    fileprivate func finished(_ outcome: CallOutcome, since start: ContinuousClock.Instant, attempts: Int) {
        let duration = start.duration(to: self.environment.now())
        self.observer.callFinished(target: self.target, outcome: outcome, duration: duration, attempts: attempts)
    }

    /// Waits between two attempts; a cancellation ends the call.
    fileprivate func pause(_ delay: Duration, since start: ContinuousClock.Instant, attempts: Int) async throws {
        do {
            try await self.environment.sleep(delay)
        } catch {
            self.finished(.ignored, since: start, attempts: attempts)
            throw error
        }
    }

    fileprivate func attempt<Value: Sendable>(
        _ scope: CallScope,
        _ classify: @Sendable (any Error) -> CallOutcome,
        _ operation: (CallAttempt) async throws -> Value
    ) async -> AttemptEnd<Value> {
        let start = self.environment.now()
        var permit: BreakerPermit?
        if let breaker = self.breaker {
            switch breaker.acquire(at: start) {
            case .permitted(let granted):
                permit = granted
            case .rejected(let retryAfter):
                return .rejected(ResilienceRejection(policy: .breaker, target: self.target, retryAfter: retryAfter))
            }
        }
        self.observer.attemptStarted(target: self.target, number: scope.attempt)
        do {
            let attempt = CallAttempt(number: scope.attempt, deadline: scope.deadline)
            let value = try await CallScope.$current.withValue(scope) { try await operation(attempt) }
            self.report(.success, permit, start)
            return .value(value)
        } catch {
            let outcome = error is CancellationError ? .ignored : classify(error)
            self.report(outcome, permit, start)
            return .failed(error, outcome)
        }
    }

    private func report(_ outcome: CallOutcome, _ permit: BreakerPermit?, _ start: ContinuousClock.Instant) {
        guard let breaker = self.breaker, let permit else { return }
        let now = self.environment.now()
        breaker.finish(permit, outcome: outcome, duration: start.duration(to: now), at: now)
    }

    /// The wait before the next attempt, or `nil` if there must be none.
    fileprivate func retryDelay(
        after outcome: CallOutcome,
        _ backoff: inout BackoffCore?,
        deadline: Deadline?
    ) -> Duration? {
        guard let retry = self.retry else { return nil }
        let minimum: Duration
        switch outcome {
        case .transient: minimum = .zero
        case .overloaded(let retryAfter?): minimum = retryAfter
        case .success, .failure, .overloaded, .ignored: return nil
        }
        var core = backoff ?? BackoffCore(retry.backoff)
        let delay = max(minimum, core.next(random: self.environment.random()))
        backoff = core
        let now = self.environment.now()
        if let deadline, deadline.remaining(at: now) <= delay {
            _ = self.reject(.deadline)
            return nil
        }
        guard self.budget?.withdraw(at: now) ?? true else {
            _ = self.reject(.budget)
            return nil
        }
        return delay
    }
}
