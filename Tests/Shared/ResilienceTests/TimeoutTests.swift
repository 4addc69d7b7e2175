import Resilience
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TimeoutTests {
    private struct Failure: Error {}

    private let clock = TestClock()

    @Test func whatEndsInTimeIsReturned() async throws {
        let value = try await withTimeout(.seconds(3), clock: self.clock) { 7 }
        #expect(value == 7)
    }

    @Test func anErrorIsThrownAsItIs() async {
        await #expect(throws: Failure.self) {
            try await withTimeout(.seconds(3), clock: self.clock) { throw Failure() }
        }
    }

    @Test func whatTakesTooLongIsCancelled() async {
        let run = await self.sleeper(limit: .seconds(3))
        self.clock.advance(by: .seconds(3))
        // It ends although the body's own sleep is far from over.
        await #expect(throws: TimeoutError(limit: .seconds(3))) { try await run.value }
    }

    @Test func aCancelledCallerDoesNotWaitForTheLimit() async {
        let run = await self.sleeper(limit: .seconds(3))
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func aBodyThatIgnoresItsCancellationHoldsUpTheAnswer() async {
        let hasEnded = Mutex(false)
        let (cancellation, report) = AsyncStream.makeStream(of: Void.self)
        let body: @Sendable () async throws -> Void = {
            // A task of its own is not cancelled with the one that waits for it.
            let deaf = Task { for await _ in cancellation {} }
            await withTaskCancellationHandler {
                await deaf.value
            } onCancel: {
                report.finish()
            }
            hasEnded.withLock { $0 = true }
        }
        await #expect(throws: TimeoutError(limit: .zero)) { try await withTimeout(.zero, clock: self.clock, body) }
        #expect(hasEnded.withLock { $0 })
    }

    /// A body that sleeps for very long under a limit; both sleep when this returns.
    private func sleeper(limit: Duration) async -> Task<Void, any Error> {
        let clock = self.clock
        let run = Task { try await withTimeout(limit, clock: clock) { try await clock.sleep(for: .seconds(1_000)) } }
        for _ in 0..<2 { _ = await clock.nextSleeper() }
        return run
    }
}
