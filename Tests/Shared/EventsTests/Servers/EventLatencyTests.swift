import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Events

/// How long an event takes, on an idle machine. The bound is generous: it catches a wake-up that is lost, not a slow disk.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(1))) struct EventLatencyTests {
    @Test func wakeUpIsNotLeftToThePoll() async throws {
        try await EventsFixture.with { fixture in
            let times = Mutex<[String: ContinuousClock.Instant]>([:])
            let handler = RecordingHandler(group: "g") { event in
                times.withLock { $0["\(event.subject)/\(event.aggregateVersion)"] = .now }
            }
            try await running(fixture.relay(), fixture.consumer("g", handler)) {
                try await fixture.change(["warm"])
                #expect(try await eventually { try await fixture.effects("g") == 1 })
                var waits: [Duration] = []
                for version in 1...60 {
                    try await fixture.change(["a"])
                    let committed = ContinuousClock.now
                    #expect(await eventually(every: .milliseconds(1)) { times.withLock { $0["a/\(version)"] } != nil })
                    waits.append(committed.duration(to: times.withLock { $0["a/\(version)"] } ?? .now))
                }
                waits.sort()
                print("commit to applied: p50 \(waits[30]), p95 \(waits[57])")
                #expect(waits[30] < .milliseconds(100))
            }
        }
    }
}
