import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Events

/// What an operator does with dead events, while the consumer runs.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct ParkingPlaceTests {
    @Test func deadEventComesBackWithThoseBeforeIt() async throws {
        try await Self.withDeadEvents { fixture, place in
            let ofA = try await place.list().filter { $0.event.subject == "a" }.map(\.event)
            #expect(ofA.map(\.aggregateVersion) == [1, 2, 3])

            let driven = try await place.redrive(.place(ofA[1].partition, sequence: ofA[1].sequence))
            #expect(driven.map(\.id) == ofA.prefix(2).map(\.id))
            #expect(driven.map(\.position) == ofA.prefix(2).map(\.position))
            #expect(try await eventually { try await fixture.effects("g") == 2 })
            #expect(try await place.list().allSatisfy(\.isDead))

            #expect(try await place.redrive(.event(id: ofA[2].id)).map(\.subject) == ["a"])
            #expect(try await eventually { try await fixture.effects("g") == 3 })
            #expect(try await place.list().map(\.event.subject) == ["b", "b", "b"])

            #expect(try await place.redrive().count == 3)
            #expect(try await eventually { try await fixture.effects("g") == 6 })
            #expect(try await fixture.count("select sum(parked) from inbox_cursor") == 0)
        }
    }

    @Test func whatIsNotParkedHereIsNotTouched() async throws {
        try await Self.withDeadEvents { fixture, place in
            let first = try await place.list()[0].event
            #expect(try await place.redrive(.event(id: "unknown")).isEmpty)
            #expect(try await place.redrive(.subject("unknown")).isEmpty)
            #expect(try await place.redrive(.place(LogPartition(topic: fixture.topic, index: 99_999), sequence: first.sequence)).isEmpty)
            #expect(try await ParkingPlace(postgres: fixture.postgres, group: "other").redrive().isEmpty)
            #expect(try await fixture.count("select count(*) from inbox_parked where dead") == 6)
        }
    }

    /// Three events of each of two subjects, all of them dead, of a handler that has been mended since.
    private static func withDeadEvents(
        _ body: @escaping @Sendable (EventsFixture, ParkingPlace) async throws -> Void
    ) async throws {
        try await EventsFixture.with { fixture in
            let isBad = Mutex(true)
            let handler = RecordingHandler(group: "g") { _ in
                if isBad.withLock({ $0 }) { throw SimulatedPoison() }
            }
            try await running(fixture.relay(), fixture.consumer("g", handler)) {
                for _ in 0..<3 { try await fixture.change(["a", "b"]) }
                let place = ParkingPlace(postgres: fixture.postgres, group: "g")
                #expect(try await eventually { try await place.list().count == 6 })
                try await fixture.postgres.execute("update inbox_parked set dead = true")
                isBad.withLock { $0 = false }
                try await body(fixture, place)
            }
        }
    }
}
