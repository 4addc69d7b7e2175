import Logging
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(5))) struct ConnectionPlanTests {
    private static func plan(_ url: String) throws -> ConnectionPlan {
        ConnectionPlan(options: try PostgresConfiguration(url: url).options)
    }

    @Test func hostsAreTriedInOrderAndTheLastGoodOneFirst() throws {
        var plan = try Self.plan("postgresql://u@a:1,b:2,c:3/d?target_session_attrs=read-write")
        #expect(plan.attempts().map(\.target.host) == ["a", "b", "c"])
        #expect(plan.attempts().map(\.target.port) == ["1", "2", "3"])
        #expect(plan.attempts().allSatisfy { $0.sessionAttributes == "read-write" })
        #expect(plan.wantsPrimary)
        plan.succeeded(ConnectionTarget(host: "b", address: "10.0.0.2", port: "2"))
        #expect(plan.attempts().map(\.target.host) == ["b", "c", "a"])
    }

    @Test func preferringAStandbyTakesTwoRounds() throws {
        let plan = try Self.plan("postgresql://a,b/d?target_session_attrs=prefer-standby&port=7")
        #expect(plan.attempts().map(\.sessionAttributes) == ["standby", "standby", "any", "any"])
        #expect(plan.attempts().allSatisfy { $0.target.port == "7" })
        #expect(!plan.wantsPrimary)
    }

    @Test(.enabled(if: TestServers.postgres != nil)) func aHostThatRefusesIsPassedOver() async throws {
        let url = try #require(TestServers.postgres)
        let options = try PostgresConfiguration(url: url).options
        let (host, port) = (try #require(options["host"]), try #require(options["port"]))
        // The first refuses, the second is a name that needs looking up.
        let hosts = "127.0.0.1:9,localhost:\(port),\(host):\(port)"
        let several = "postgresql://\(options["user"] ?? "")@\(hosts)/\(options["dbname"] ?? "")?target_session_attrs=read-write"
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let client = PostgresClient(configuration: try PostgresConfiguration(url: several).patient, logger: logger)
        let run = Task { await client.run() }
        let answer = try await client.query("select \(41) + 1")[0].decode(Int.self)
        #expect(answer == 42)
        run.cancel()
        await run.value
    }
}
