import Foundation
import Postgres
import Redis
import TestSupport
import Testing

@testable import Events

/// Losing what can be lost, on real servers.
@Suite(.serialized, .enabled(if: EventsFixture.isAvailable), .timeLimit(.minutes(5))) struct EventRecoveryTests {
    @Test func lossOfTheWholeLogLosesNothing() async throws {
        try await EventsFixture.with { fixture in
            try await running(fixture.relay()) {
                for _ in 0..<10 { try await fixture.change(["a", "b", "c"]) }
                // Nobody has read yet, and all is gone.
                try await fixture.redis.send(["FLUSHDB"])
                try await running(fixture.consumer("g", RecordingHandler(group: "g"))) {
                    #expect(try await eventually { try await fixture.effects("g") == 30 })
                    try await fixture.redis.send(["FLUSHDB"])
                    try await fixture.change(["a"])
                    #expect(try await eventually { try await fixture.effects("g") == 31 })
                }
            }
        }
    }

    @Test func olderStateOfAStreamIsFilledUp() async throws {
        try await EventsFixture.with { fixture in
            let partition = Partitioner(count: 4).partition(of: "a")
            let key = RedisArgument(RedisKey.stream(LogPartition(topic: fixture.topic, index: partition)))
            try await running(fixture.relay()) {
                try await fixture.change(["a"])
                #expect(try await eventually { try await fixture.redis.send(["EXISTS", key]).integer == 1 })
                let dump = try #require(try await fixture.redis.send(["DUMP", key]).bytes)
                for _ in 0..<5 { try await fixture.change(["a"]) }
                try await fixture.redis.send(["RESTORE", key, "0", RedisArgument(dump), "REPLACE"])
                try await running(fixture.consumer("g", RecordingHandler(group: "g"))) {
                    let arrived = try await eventually { try await fixture.effects("g") == 6 }
                    #expect(arrived)
                }
            }
        }
    }

    @Test func groupThatJoinsLateGetsWhatWasTrimmed() async throws {
        try await EventsFixture.with { fixture in
            try await running(fixture.relay(), fixture.consumer("early", RecordingHandler(group: "early"))) {
                for _ in 0..<5 { try await fixture.change(["a"]) }
                #expect(try await eventually { try await fixture.effects("early") == 5 })
                let partition = LogPartition(topic: fixture.topic, index: Partitioner(count: 4).partition(of: "a"))
                #expect(try await eventually { try await fixture.log.extent(of: [partition])[0].count == 1 })
                try await running(fixture.consumer("late", RecordingHandler(group: "late"))) {
                    let arrived = try await eventually { try await fixture.effects("late") == 5 }
                    #expect(arrived)
                }
            }
        }
    }

    @Test func restoredDatabaseOnAnotherClusterGoesOn() async throws {
        try await EventsFixture.with { fixture in
            try await running(fixture.consumer("g", RecordingHandler(group: "g"))) {
                try await running(fixture.relay()) {
                    try await fixture.change(["a"])
                    #expect(try await eventually { try await fixture.effects("g") == 1 })
                }
                // Written before the dump, not numbered yet; and the cluster is another one afterwards.
                try await fixture.change(["a"])
                try await fixture.postgres.execute("update outbox set xid = '9000000000' where agg_ver = 2")
                try await fixture.postgres.execute("update outbox_state set cluster = '1/00000001'")
                try await running(fixture.relay()) {
                    try await fixture.change(["a"])
                    #expect(try await eventually { try await fixture.effects("g") == 3 })
                    #expect(try await fixture.count("select max(cardinality(bases)) from outbox_part") == 2)
                }
            }
        }
    }

    @Test func databaseThatLostItsNewestCommitsNumbersOnInANewEpoch() async throws {
        try await EventsFixture.with { fixture in
            let partition = Int16(Partitioner(count: 4).partition(of: "a"))
            try await running(fixture.consumer("g", RecordingHandler(group: "g"))) {
                try await running(fixture.relay()) {
                    for _ in 0..<3 { try await fixture.change(["a"]) }
                    #expect(try await eventually { try await fixture.effects("g") == 3 })
                }
                // As after a failover to a standby that lacks the last event: it is gone, and its number is free again.
                try await fixture.postgres.execute("delete from outbox where agg_ver = 3")
                try await fixture.postgres.execute("delete from outbox_tick where part = \(partition) and base = 2")
                try await fixture.postgres.execute("update outbox_part set pseq = 2 where part = \(partition)")
                try await running(fixture.relay()) {
                    try await fixture.change(["a"])
                    #expect(try await eventually { try await fixture.effects("g") == 4 })
                }
            }
        }
    }

    @Test func oldEventsAreDroppedWhenEveryGroupHasThem() async throws {
        try await EventsFixture.with { fixture in
            let partition = Int16(Partitioner(count: 4).partition(of: "a"))
            try await running(fixture.relay(), fixture.consumer("g", RecordingHandler(group: "g"))) {
                for _ in 0..<3 { try await fixture.change(["a"]) }
                #expect(try await eventually { try await fixture.effects("g") == 3 })
                #expect(
                    try await eventually {
                        try await fixture.count("select coalesce(max(pos), 0) from outbox_consumer where part = \(partition)") == 3
                    })
            }
            // As if they had been written four days ago.
            let slot = "(floor(extract(epoch from now()) / 86400)::bigint + 1) % 5"
            try await fixture.postgres.execute("update outbox set slot = \(unescaped: slot)")
            try await fixture.postgres.execute("update outbox_tick set slot = \(unescaped: slot)")
            let store = PostgresOutboxStore(postgres: fixture.postgres)
            try await fixture.postgres.execute("insert into outbox_consumer (grp, part, epoch, pos) values ('slow', \(partition), 1, 2)")
            #expect(try await store.expire() == false)
            #expect(try await fixture.count("select count(*) from outbox") == 3)
            try await fixture.postgres.execute("update outbox_consumer set pos = 3 where grp = 'slow'")
            #expect(try await store.expire())
            #expect(try await fixture.count("select count(*) from outbox") == 0)
        }
    }

    @Test func wrongNumberOfPartitionsStopsTheRelay() async throws {
        try await EventsFixture.with { fixture in
            try await PostgresOutboxStore(postgres: fixture.postgres).prepare(partitions: 4)
            let other = Outbox(topic: fixture.topic, source: "souk/test", partitions: 5)
            await #expect(throws: EventError.self) { try await fixture.relay(other).run() }
        }
    }
}
