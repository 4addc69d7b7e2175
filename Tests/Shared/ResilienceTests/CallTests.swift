import Resilience
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct CallTests {
    private struct Failure: Error, Equatable {
        var outcome: CallOutcome = .transient
        var number = 0
    }

    private let time = VirtualTime()

    private func policy(
        timeout: Duration? = nil,
        attempts: Int = 3,
        budget: RetryBudget? = nil,
        breaker: CircuitBreaker? = nil,
        observer: any CallObserver = NoOpCallObserver()
    ) -> CallPolicy {
        CallPolicy(
            target: "test", timeout: timeout, retry: RetryPolicy(maximumAttempts: attempts), budget: budget,
            breaker: breaker, observer: observer, environment: time.environment)
    }

    /// Calls an operation whose attempts end as listed, the last one again and again.
    private func run(
        _ policy: CallPolicy,
        isSafeToRetry: Bool = true,
        _ ends: [CallOutcome]
    ) async -> (result: Result<Int, any Error>, attempts: Int) {
        let attempts = Mutex(0)
        do {
            let value = try await call(
                policy, isSafeToRetry: isSafeToRetry, classify: { ($0 as? Failure)?.outcome ?? .failure }
            ) { attempt in
                attempts.withLock { $0 += 1 }
                #expect(CallScope.current.attempt == attempt.number)
                #expect(CallScope.current.deadline == attempt.deadline)
                let end = ends[min(attempt.number, ends.count - 1)]
                guard end == .success else { throw Failure(outcome: end, number: attempt.number) }
                return attempt.number
            }
            return (.success(value), attempts.withLock { $0 })
        } catch {
            return (.failure(error), attempts.withLock { $0 })
        }
    }

    @Test func aSuccessIsReturnedWithoutWaiting() async throws {
        let (result, attempts) = await run(policy(), [.success])
        #expect(try result.get() == 0)
        #expect(attempts == 1)
        #expect(time.sleeps.isEmpty)
    }

    @Test func aTransientFailureIsRetried() async throws {
        let (result, attempts) = await run(policy(), [.transient, .transient, .success])
        #expect(try result.get() == 2)
        #expect(attempts == 3)
        #expect(time.sleeps.count == 2)
    }

    @Test func theLastErrorIsThrown() async {
        let (result, attempts) = await run(policy(), [.transient])
        #expect(throws: Failure(number: 2)) { try result.get() }
        #expect(attempts == 3)
    }

    @Test func whatIsNotSafeIsNotRetried() async {
        let (_, attempts) = await run(policy(), isSafeToRetry: false, [.transient])
        #expect(attempts == 1)
    }

    @Test(arguments: [CallOutcome.failure, .ignored, .success, .overloaded(retryAfter: nil)])
    func otherOutcomesAreNotRetried(outcome: CallOutcome) async {
        guard outcome != .success else { return }
        let (_, attempts) = await run(policy(), [outcome])
        #expect(attempts == 1)
    }

    @Test func theServersWishForPatienceIsHeard() async throws {
        let (result, _) = await run(policy(), [.overloaded(retryAfter: .seconds(3)), .success])
        #expect(try result.get() == 1)
        #expect(time.sleeps == [.seconds(3)])
    }

    @Test func noAttemptBeginsAfterTheDeadline() async {
        let (result, attempts) = await run(policy(timeout: .zero), [.success])
        #expect(throws: ResilienceRejection(policy: .deadline, target: "test")) { try result.get() }
        #expect(attempts == 0)
    }

    @Test func aRetryThatCannotEndInTimeIsNotMade() async {
        let patience = CallOutcome.overloaded(retryAfter: .seconds(3))
        let (result, attempts) = await run(policy(timeout: .seconds(2)), [patience])
        #expect(throws: Failure(outcome: patience)) { try result.get() }
        #expect(attempts == 1)
        #expect(time.sleeps.isEmpty)
    }

    @Test func theInheritedDeadlineHoldsWhereItIsEarlier() async throws {
        let inherited = Deadline(time.start + .seconds(1))
        try await withDeadline(inherited) {
            for timeout in [Duration.seconds(5), .milliseconds(500)] {
                let deadline = try await call(policy(timeout: timeout), isSafeToRetry: false, classify: { _ in .failure }) {
                    $0.deadline
                }
                #expect(deadline == min(inherited, Deadline(time.start + timeout)))
            }
        }
    }

    @Test func anExhaustedBudgetOnlySuppressesTheRetry() async {
        let core = RetryBudgetCore(minimumPerSecond: 0, start: time.start)
        let budget = RetryBudget(core: core)
        var total = 0
        for _ in 0..<1000 {
            let (result, attempts) = await run(policy(budget: budget), [.transient])
            #expect(throws: Failure.self) { try result.get() }
            total += attempts
        }
        #expect(total <= 1200)
    }

    @Test func anOpenBreakerRefusesAtOnce() async {
        let breaker = CircuitBreaker(target: "test", start: time.start)
        for _ in 0..<20 {
            _ = await run(policy(breaker: breaker), isSafeToRetry: false, [.failure])
        }
        #expect(breaker.state(at: time.now) == .open)
        let (result, attempts) = await run(policy(breaker: breaker), [.success])
        #expect(throws: ResilienceRejection(policy: .breaker, target: "test", retryAfter: .seconds(1))) {
            try result.get()
        }
        #expect(attempts == 0)
    }

    @Test func cancellationIsNotHeldAgainstTheTarget() async {
        let breaker = CircuitBreaker(target: "test", start: time.start)
        for _ in 0..<50 {
            _ = try? await call(policy(breaker: breaker), isSafeToRetry: true, classify: { _ in .failure }) { _ in
                throw CancellationError()
            }
        }
        #expect(breaker.state(at: time.now) == .closed)
        #expect(time.sleeps.isEmpty)
    }

    @Test func theObserverHearsEverything() async {
        let observer = Recorder()
        _ = await run(policy(observer: observer), [.transient, .success])
        _ = await run(policy(timeout: .zero, observer: observer), [.success])
        #expect(observer.heard == ["attempt 0", "attempt 1", "finished success 2", "rejected deadline"])
    }

    @Test func afterAnOverloadTheTargetIsLeftToRecover() async {
        // A target that fails whenever it gets more than 15 calls in 100 ms: plain retries would keep it down for ever.
        let budget = RetryBudget(core: RetryBudgetCore(minimumPerSecond: 1, start: time.start))
        var calls = 0
        var failures: [Int] = []
        for tick in 0..<600 {
            let load = (100..<200).contains(tick) ? 40 : 10
            calls = 0
            var failed = 0
            for _ in 0..<load {
                let isAnswered: Bool? = try? await call(
                    policy(budget: budget), isSafeToRetry: true, classify: { _ in .transient }
                ) { _ in
                    calls += 1
                    if calls > 15 { throw Failure() }
                    return true
                }
                if isAnswered == nil { failed += 1 }
            }
            failures.append(failed)
            time.advance(by: .milliseconds(100))
        }
        #expect(failures[250...].reduce(0, +) == 0)
    }
}

private final class Recorder: CallObserver {
    private let lines = Mutex<[String]>([])

    var heard: [String] { self.lines.withLock { $0 } }

    private func note(_ line: String) { self.lines.withLock { $0.append(line) } }

    func attemptStarted(target: String, number: Int) { self.note("attempt \(number)") }
    func rejected(_ rejection: ResilienceRejection) { self.note("rejected \(rejection.policy)") }
    func callFinished(target: String, outcome: CallOutcome, duration: Duration, attempts: Int) {
        self.note("finished \(outcome) \(attempts)")
    }
}
