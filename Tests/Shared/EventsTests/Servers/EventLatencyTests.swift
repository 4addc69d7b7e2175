import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Events

/// Who writes wakes the relay, and the log wakes the consumer.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct EventLatencyTests {
    /// So seldom do relay and consumer look by themselves: a wake-up that is lost is waited for in vain.
    private static let poll = Duration.seconds(600)

    @Test func wakeUpIsNotLeftToThePoll() async throws {
        try await EventsFixture.with { fixture in
            let times = Mutex<[String: ContinuousClock.Instant]>([:])
            let handler = RecordingHandler(group: "g") { event in
                times.withLock { $0["\(event.subject)/\(event.aggregateVersion)"] = .now }
            }
            let relay = fixture.relay(poll: Self.poll...Self.poll)
            let consumer = fixture.consumer("g", handler, readWait: Self.poll)
            try await running(relay, consumer) {
                try await fixture.change(["warm"])
                try #require(try await eventually { try await fixture.effects("g") == 1 })
                var waits: [Duration] = []
                for version in 1...60 {
                    try await fixture.change(["a"])
                    let committed = ContinuousClock.now
                    try #require(await eventually(every: .milliseconds(1)) { times.withLock { $0["a/\(version)"] } != nil })
                    waits.append(committed.duration(to: times.withLock { $0["a/\(version)"] } ?? .now))
                }
                // A figure for docs/ideas/queue-and-outbox.md, and no expectation: it is the machine's.
                waits.sort()
                print("commit to applied: p50 \(waits[30]), p95 \(waits[57])")
            }
        }
    }
}
