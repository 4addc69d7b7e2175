import Resilience
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SingleFlightTests {
    private let flights = SingleFlight<String, Int>()

    @Test func callersAtTheSameTimeShareOnePieceOfWork() async throws {
        let starts = Counter()
        let flights = self.flights
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await flights.run("a") {
                        starts.increment()
                        for await _ in gate { break }
                        return 7
                    }
                }
            }
            #expect(await eventually { flights.count == 1 })
            open.yield()
            // Who comes after the end starts a second flight, which finds the gate's stream finished.
            open.finish()
            for try await value in group { #expect(value == 7) }
        }
        #expect(starts.value >= 1)
        #expect(flights.count == 0)
    }

    @Test func differentKeysFlyAlone() async throws {
        async let one = flights.run("one") { 1 }
        async let two = flights.run("two") { 2 }
        let values = try await (one, two)
        #expect(values == (1, 2))
    }

    @Test func anErrorReachesEveryoneAndIsNotKept() async throws {
        struct Failure: Error {}
        await #expect(throws: Failure.self) { try await flights.run("a") { throw Failure() } }
        let value = try await flights.run("a") { 3 }
        #expect(value == 3)
    }

    @Test func aCancelledCallerLeavesTheOthersTheirWork() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let work: @Sendable () async throws -> Int = {
            for await _ in gate { break }
            try Task.checkCancellation()
            return 5
        }
        let flights = self.flights
        let patient = Task { try await flights.run("a", work) }
        #expect(await eventually { flights.count == 1 })
        let hasty = Task { try await flights.run("a", work) }
        hasty.cancel()
        await #expect(throws: CancellationError.self) { try await hasty.value }
        open.yield()
        #expect(try await patient.value == 5)
    }

    @Test func workThatNobodyWaitsForIsCancelled() async throws {
        let (cancelled, report) = AsyncStream.makeStream(of: Void.self)
        let flights = self.flights
        let caller = Task {
            try await flights.run("a") {
                defer { report.yield() }
                try await Task.sleep(for: .seconds(60))
                return 1
            }
        }
        #expect(await eventually { flights.count == 1 })
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        for await _ in cancelled { break }
        #expect(flights.count == 0)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { self.count.withLock { $0 } }

    func increment() { self.count.withLock { $0 += 1 } }
}
