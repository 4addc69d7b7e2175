import HTTPTypes
import ServiceKit
import TestSupport
import Testing

@testable import LoginService

@Suite(.timeLimit(.minutes(10))) struct SlowLaneTests {
    private let clock = TestClock()

    private func lane(_ capacity: Int, ofAddress: Int = 1_000) -> SlowLane {
        SlowLane(capacity: capacity, capacityOfAddress: ofAddress, pause: .seconds(1), clock: self.clock)
    }

    private func attempt(from address: String) -> LoginAttempt {
        LoginAttempt(email: "ann@example.com", clientAddress: address, isKnownAddress: false)
    }

    private func expectRefusal(_ lane: SlowLane, from address: String) async {
        let problem = await #expect(throws: Problem.self) { try await lane.pass(self.attempt(from: address)) }
        #expect(problem?.status == .tooManyRequests)
        #expect(problem?.headers[.retryAfter] == "1")
    }

    @Test func whoIsInWaitsAndGoesOn() async throws {
        let lane = self.lane(1)
        async let passed: Void = lane.pass(self.attempt(from: "a"))
        #expect(await self.clock.nextSleeper() == .init(offset: .seconds(1)))
        self.clock.advance(by: .seconds(1))
        try await passed
    }

    @Test func aFullLaneTellsToComeBackAndIsFreeAgainLater() async throws {
        let lane = self.lane(100)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 { group.addTask { try await lane.pass(self.attempt(from: "\(index)")) } }
            for _ in 0..<100 { _ = await self.clock.nextSleeper() }
            // The clock stands still: that they are answered shows that they do not wait.
            for index in 100..<200 { await self.expectRefusal(lane, from: "\(index)") }
            self.clock.advance(by: .seconds(1))
            try await group.waitForAll()
        }
        async let passed: Void = lane.pass(self.attempt(from: "late"))
        _ = await self.clock.nextSleeper()
        self.clock.advance(by: .seconds(1))
        try await passed
    }

    @Test func oneAddressCannotFillTheLane() async throws {
        let lane = self.lane(10, ofAddress: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { try await lane.pass(self.attempt(from: "stranger")) } }
            for _ in 0..<2 { _ = await self.clock.nextSleeper() }
            await self.expectRefusal(lane, from: "stranger")
            group.addTask { try await lane.pass(self.attempt(from: "somebody else")) }
            _ = await self.clock.nextSleeper()
            self.clock.advance(by: .seconds(1))
            try await group.waitForAll()
        }
    }

    @Test func whoGivesUpMakesRoom() async throws {
        let lane = self.lane(1)
        let task = Task { try await lane.pass(self.attempt(from: "a")) }
        _ = await self.clock.nextSleeper()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        async let passed: Void = lane.pass(self.attempt(from: "b"))
        _ = await self.clock.nextSleeper()
        self.clock.advance(by: .seconds(1))
        try await passed
    }
}
