import Foundation
import Postgres
import Redis
import Synchronization
import TestSupport
import Testing

@testable import Events

/// Writers, relays and consumers that die all the time, and a log that is lost and set back, on real servers.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct EventChaosTests {
    /// Five seconds of it, and more on a machine that has written hardly anything by then.
    private final class Chaos: Sendable {
        static let enough: Int64 = 100
        private let end = ContinuousClock.now.advanced(by: .seconds(5))
        private let writes = Mutex<Int64>(0)

        var isOver: Bool {
            Task.isCancelled || (ContinuousClock.now >= self.end && self.writes.withLock { $0 } >= Self.enough)
        }

        func wrote() { self.writes.withLock { $0 += 1 } }
    }

    @Test func nothingIsLostAndNothingComesTwice() async throws {
        try await EventsFixture.with { fixture in
            let chaos = Chaos()
            await withDiscardingTaskGroup { group in
                for _ in 0..<4 { group.addTask { await write(fixture, during: chaos) } }
                // The second relay is another process's: it has an outbox of its own on the same tables.
                group.addTask { await mortal(during: chaos) { fixture.relay() } }
                let other = Outbox(topic: fixture.topic, source: "souk/test", partitions: 4)
                group.addTask { await mortal(during: chaos) { fixture.relay(other) } }
                for name in ["g0", "g1"] {
                    for _ in 0..<2 {
                        group.addTask {
                            await mortal(during: chaos) { fixture.consumer(name, RecordingHandler(group: name)) }
                        }
                    }
                }
                group.addTask { await destroy(fixture, during: chaos) }
            }
            let changes = try await fixture.changes()
            #expect(changes >= Chaos.enough)
            try await running(
                fixture.relay(), fixture.consumer("g0", RecordingHandler(group: "g0")),
                fixture.consumer("g1", RecordingHandler(group: "g1"))
            ) {
                for name in ["g0", "g1"] {
                    let arrived = try await eventually(within: .seconds(120)) { try await fixture.effects(name) == changes }
                    #expect(arrived)
                }
            }
            #expect(try await fixture.count("select count(*) from inbox_parked") == 0)
            #expect(
                try await fixture.count(
                    "select count(*) from seen s join thing t using (id) where s.version <> t.version") == 0)
        }
    }

    private func write(_ fixture: EventsFixture, during chaos: Chaos) async {
        while !chaos.isOver {
            let things = Set((0..<Int.random(in: 1...4)).map { _ in "thing-\(Int.random(in: 0..<12))" }).sorted()
            let pause = Int.random(in: 0..<10) == 0 ? Int.random(in: 0...80) : 0
            do {
                try await fixture.change(things, pause: .milliseconds(pause), fails: Int.random(in: 0..<5) == 0)
                chaos.wrote()
            } catch {
                // It was to fail, or it was lost on the way: the table tells what has happened.
            }
        }
    }

    /// Runs a service again and again, for a short life each time.
    private func mortal(during chaos: Chaos, _ make: () -> any RunnableService) async {
        while !chaos.isOver {
            let service = make()
            let task = Task { try await service.run() }
            try? await Task.sleep(for: .milliseconds(Int.random(in: 50...900)))
            task.cancel()
            _ = await task.result
        }
    }

    /// Loses the log, or sets streams back to what they were.
    private func destroy(_ fixture: EventsFixture, during chaos: Chaos) async {
        let keys = (0..<4).map { RedisArgument(RedisKey.stream(LogPartition(topic: fixture.topic, index: $0))) }
        while !chaos.isOver {
            try? await Task.sleep(for: .milliseconds(Int.random(in: 100...400)))
            if Bool.random() {
                _ = try? await fixture.redis.send(["FLUSHDB"])
                continue
            }
            for key in keys {
                guard let dump = try? await fixture.redis.send(["DUMP", key]).bytes else { continue }
                try? await Task.sleep(for: .milliseconds(Int.random(in: 0...100)))
                _ = try? await fixture.redis.send(["RESTORE", key, "0", RedisArgument(dump), "REPLACE"])
            }
        }
    }
}
