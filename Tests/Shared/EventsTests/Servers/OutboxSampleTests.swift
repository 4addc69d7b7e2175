import Postgres
import TestSupport
import Testing

@testable import Events

/// What the lag's gauges show, while the parts of the way are down one after the other.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct OutboxSampleTests {
    @Test func showsWhatWaitsWhereItWaits() async throws {
        try await EventsFixture.with { fixture in
            let sample = OutboxSample(outbox: fixture.outbox, postgres: fixture.postgres)
            #expect(try await sample.read().outbox == .init(events: 0, seconds: 0))

            // Nobody publishes: all of it waits in the outbox, also while the log is not even asked.
            try await fixture.change(["a", "b"])
            try? await fixture.change(["c"], fails: true)
            try await fixture.postgres.execute("update outbox set created_at = created_at - interval '90 seconds'")
            let before = try await sample.read()
            #expect(before.outbox.events == 2)
            // Ninety seconds, and what the test has taken so far: it has five minutes.
            #expect(before.outbox.seconds >= 90 && before.outbox.seconds < 400)

            // A group that keeps up has no lag.
            try await running(fixture.relay(), fixture.consumer("g", RecordingHandler(group: "g"))) {
                let keptUp = try await eventually { try await sample.read().groups["g"] == .init(events: 0, seconds: 0) }
                let left = try await sample.read().outbox
                #expect(keptUp && left.events == 0)
                #expect(try await fixture.effects("g") == 2)
            }

            // A group that is gone is behind by what comes after it.
            try await running(fixture.relay()) {
                try await fixture.change(["a", "b", "c"])
                #expect(try await eventually { try await sample.read().groups["g"]?.events == 3 })
                let lag = try await sample.read()
                #expect(lag.outbox.events == 0)
                let group = try #require(lag.groups["g"])
                #expect(group.seconds > 0)
            }
        }
    }
}
