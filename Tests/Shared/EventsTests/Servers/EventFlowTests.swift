import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Events

/// Outbox, relay, Redis and consumer together on real servers.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct EventFlowTests {
    @Test func whatIsCommittedComesAndWhatIsNotDoesNot() async throws {
        try await EventsFixture.with { fixture in
            try await running(fixture.relay(), fixture.consumer("g", RecordingHandler(group: "g"))) {
                try await fixture.change(["a", "b"])
                try await fixture.change(["a"])
                try? await fixture.change(["a", "c"], fails: true)
                try await fixture.change(["c"])
                #expect(try await eventually { try await fixture.effects("g") == 4 })
                #expect(try await fixture.count("select count(*) from inbox_parked") == 0)
            }
        }
    }

    @Test func longTransactionHoldsNobodyUpAndIsNotMissed() async throws {
        try await EventsFixture.with { fixture in
            try await running(fixture.relay(), fixture.consumer("g", RecordingHandler(group: "g"))) {
                let release = AsyncStream.makeStream(of: Void.self)
                let begun = AsyncStream.makeStream(of: Void.self)
                let slow = Task {
                    try await fixture.postgres.withTransaction { transaction in
                        fixture.outbox.append(
                            [try NewEvent(type: "changed", payload: [], key: "slow", aggregateType: "thing", aggregateVersion: 1)],
                            in: transaction
                        )
                        // Draws xid and id now.
                        _ = try await transaction.query("select 1")
                        begun.continuation.finish()
                        for await _ in release.stream {}
                    }
                }
                for await _ in begun.stream {}
                for _ in 0..<20 { try await fixture.change(["a", "b"]) }
                #expect(try await eventually { try await fixture.effects("g") == 40 })
                release.continuation.finish()
                try await slow.value
                #expect(try await eventually { try await fixture.effects("g") == 41 })
            }
        }
    }

    @Test func poisonParksItsAggregateOnlyAndComesBackInOrder() async throws {
        try await EventsFixture.with { fixture in
            let isBad = Mutex(true)
            let handler = RecordingHandler(group: "g") { event in
                if event.subject == "bad", isBad.withLock({ $0 }) { throw SimulatedPoison() }
            }
            try await running(fixture.relay(), fixture.consumer("g", handler)) {
                for _ in 0..<3 { try await fixture.change(["a", "bad", "b"]) }
                #expect(try await eventually { try await fixture.effects("g") == 6 })
                let place = ParkingPlace(postgres: fixture.postgres, group: "g")
                #expect(try await eventually { try await place.list().count == 3 })
                #expect(try await place.list().map(\.event.aggregateVersion) == [1, 2, 3])
                isBad.withLock { $0 = false }
                #expect(try await place.redrive(.subject("bad")).count == 3)
                #expect(try await eventually { try await fixture.effects("g") == 9 })
                #expect(try await place.list().isEmpty)
                try await fixture.change(["bad"])
                #expect(try await eventually { try await fixture.effects("g") == 10 })
                #expect(try await fixture.count("select sum(parked) from inbox_cursor") == 0)
            }
        }
    }

    @Test func droppedEventLetsTheLaterOnesThrough() async throws {
        try await EventsFixture.with { fixture in
            let handler = RecordingHandler(group: "g") { event in
                if event.subject == "bad", event.aggregateVersion == 2 { throw SimulatedPoison() }
            }
            try await running(fixture.relay(), fixture.consumer("g", handler)) {
                for _ in 0..<3 { try await fixture.change(["bad"]) }
                let place = ParkingPlace(postgres: fixture.postgres, group: "g")
                #expect(try await eventually { try await place.list().count == 2 })
                #expect(try await place.drop(place.list()[0].event))
                try await place.redrive()
                #expect(try await eventually { try await place.list().isEmpty })
                #expect(try await fixture.effects("g") == 2)
            }
        }
    }

    @Test func consumerThatDiesBeforeTheCommitLeavesNothingBehind() async throws {
        try await EventsFixture.with { fixture in
            let deaths = Mutex(0)
            let victim = Mutex<Task<Void, any Error>?>(nil)
            let dying = RecordingHandler(group: "g") { _ in
                // The effect is written, the commit never comes.
                deaths.withLock { $0 += 1 }
                victim.withLock { $0 }?.cancel()
                try await Task.sleep(for: .seconds(60))
            }
            try await running(fixture.relay()) {
                let first = fixture.consumer("g", dying)
                let task = Task { try await first.run() }
                victim.withLock { $0 = task }
                try await fixture.change(["a", "b"])
                #expect(await eventually { deaths.withLock { $0 } > 0 })
                _ = await task.result
                #expect(try await fixture.effects("g") == 0)
                try await running(fixture.consumer("g", RecordingHandler(group: "g"))) {
                    let arrived = try await eventually { try await fixture.effects("g") == 2 }
                    #expect(arrived)
                }
            }
        }
    }

    @Test func partitionsAreSharedAndHandedOver() async throws {
        try await EventsFixture.with { fixture in
            func shares() async throws -> [Int64] {
                try await fixture.postgres.query(
                    "select count(*) from inbox_lease where owner is not null group by owner order by 1"
                ).decode(Int64.self)
            }
            let first = Task { try await fixture.consumer("g", RecordingHandler(group: "g")).run() }
            let second = Task { try await fixture.consumer("g", RecordingHandler(group: "g")).run() }
            try await running(fixture.relay()) {
                #expect(try await eventually { try await shares() == [2, 2] })
                first.cancel()
                _ = await first.result
                #expect(try await eventually { try await shares() == [4] })
                try await fixture.change(["a", "b", "c", "d", "e", "f"])
                #expect(try await eventually { try await fixture.effects("g") == 6 })
            }
            second.cancel()
            _ = await second.result
        }
    }

    @Test func secondRelayPublishesForTheFirstAndTakesOver() async throws {
        try await EventsFixture.with { fixture in
            // Another process has an outbox of its own on the same tables.
            let other = Outbox(topic: fixture.topic, source: "souk/test", partitions: 4)
            let first = Task { try await fixture.relay().run() }
            #expect(try await eventually { try await fixture.count("select count(owner) from outbox_part") == 4 })
            try await running(fixture.relay(other), fixture.consumer("g", RecordingHandler(group: "g"))) {
                try await fixture.change(["a"], outbox: other)
                #expect(try await eventually { try await fixture.effects("g") == 1 })
                first.cancel()
                _ = await first.result
                try await fixture.change(["a", "b"], outbox: other)
                #expect(try await eventually { try await fixture.effects("g") == 3 })
            }
        }
    }
}

/// Runs services while `body` runs.
func running(_ services: any RunnableService..., body: () async throws -> Void) async throws {
    let tasks = services.map { service in Task { try await service.run() } }
    let result: Result<Void, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    for task in tasks { task.cancel() }
    for task in tasks { _ = await task.result }
    try result.get()
}

/// What relay and consumer have in common here.
protocol RunnableService: Sendable {
    func run() async throws
}

extension OutboxRelay: RunnableService {}
extension EventConsumer: RunnableService {}
