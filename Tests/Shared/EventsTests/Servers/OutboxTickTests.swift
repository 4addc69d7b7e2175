import Postgres
import TestSupport
import Testing

@testable import Events

/// What a look numbers, with the mark of an earlier one and without, on the real server.
@Suite(.enabled(if: EventsFixture.isAvailable))
struct OutboxTickTests {
    private static let owner = "00000000-0000-4000-8000-00000000000a"
    private static let other = "00000000-0000-4000-8000-00000000000b"

    /// A store whose partitions are the owner's.
    private static func with(_ body: @escaping @Sendable (EventsFixture, PostgresOutboxStore) async throws -> Void) async throws {
        try await EventsFixture.with { fixture in
            let store = PostgresOutboxStore(postgres: fixture.postgres)
            try await store.prepare(partitions: 4)
            _ = try await store.lease(owner: Self.owner, for: .seconds(60))
            try await body(fixture, store)
        }
    }

    @Test func aLookWithAMarkNumbersWhatCameSince() async throws {
        try await Self.with { fixture, store in
            let empty = try await store.tick(owner: Self.owner, after: nil, limit: 500)
            #expect(empty.ticks.isEmpty)
            let first = try #require(empty.mark)
            #expect(try await store.tick(owner: Self.owner, after: first, limit: 500).mark == nil)

            try await fixture.change(["a", "b", "c"])
            try await fixture.change(["a"])
            let look = try await store.tick(owner: Self.owner, after: first, limit: 500)
            let records = look.ticks.flatMap(\.records)
            #expect(records.filter { $0.aggregateID == "a" }.map(\.aggregateVersion) == [1, 2])
            #expect(records.count == 4)
            for tick in look.ticks {
                #expect(tick.records.map(\.sequence) == Array(1...tick.head))
                let read = try await store.read(partition: tick.partition, from: 1, limit: 500)
                #expect(read.map(\.id) == tick.records.map(\.id))
            }
            #expect(try await store.tick(owner: Self.owner, after: look.mark, limit: 500).ticks.isEmpty)
            // What an old mark finds again has its number already.
            #expect(try await store.tick(owner: Self.owner, after: first, limit: 500).ticks.isEmpty)
            #expect(try await fixture.count("select sum(pseq)::bigint from outbox_part") == 4)
        }
    }

    @Test func whatWasOpenAtTheMarkIsNumberedWhenItCommits() async throws {
        try await Self.with { fixture, store in
            let late = Task { try await fixture.change(["a"], pause: .milliseconds(300)) }
            #expect(
                try await eventually {
                    try await fixture.count(
                        "select count(*) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()"
                    ) == 1
                })
            try await fixture.change(["b"])
            let before = try await store.tick(owner: Self.owner, after: nil, limit: 500)
            #expect(before.ticks.flatMap(\.records).map(\.aggregateID) == ["b"])
            try await late.value
            let after = try await store.tick(owner: Self.owner, after: before.mark, limit: 500)
            #expect(after.ticks.flatMap(\.records).map(\.aggregateID) == ["a"])
        }
    }

    @Test func aMarkOfAnotherServerIsNotBelieved() async throws {
        try await Self.with { fixture, store in
            try await fixture.change(["a"])
            // Believed, it would pass over everything.
            let mark = "2020-01-01 00:00:00+00/999999999:999999999:"
            // And the history is another one, which begins an epoch.
            try await fixture.postgres.execute("update outbox_state set cluster = cluster || '1'")
            let look = try await store.tick(owner: Self.owner, after: mark, limit: 500)
            #expect(look.ticks.map(\.epoch) == [2])
            #expect(look.ticks.flatMap(\.records).map(\.aggregateID) == ["a"])
            #expect(try #require(look.mark) != mark)
        }
    }

    @Test func moreThanTheLimitGetsNumbersAllTheSame() async throws {
        try await Self.with { fixture, store in
            let mark = try await store.tick(owner: Self.owner, after: nil, limit: 3).mark
            for number in 0..<10 { try await fixture.change(["thing \(number)"]) }
            let look = try await store.tick(owner: Self.owner, after: mark, limit: 3)
            #expect(look.ticks.flatMap(\.records).count == 3)
            #expect(look.ticks.map(\.head).reduce(0, +) == 10)
        }
    }

    @Test func partitionsOfOthersAreLeftToThem() async throws {
        try await Self.with { fixture, store in
            let mark = try await store.tick(owner: Self.owner, after: nil, limit: 500).mark
            let partition = Partitioner(count: 4).partition(of: "a")
            try await fixture.postgres.execute(
                "update outbox_part set owner = \(Self.other)::uuid where part = \(Int16(partition))"
            )
            try await fixture.change(["a"])
            #expect(try await store.tick(owner: Self.owner, after: mark, limit: 500).ticks.isEmpty)
            let look = try await store.tick(owner: Self.other, after: nil, limit: 500)
            #expect(look.ticks.map(\.partition) == [partition])
        }
    }
}
