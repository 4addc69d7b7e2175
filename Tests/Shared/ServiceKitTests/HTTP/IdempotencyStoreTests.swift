import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import ServiceKit
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct IdempotencyStoreTests {
    private struct Order: Codable, Sendable {
        var name: String
    }

    /// One service over a schema of its own, so that tests do not meet.
    ///
    /// - Parameter gate: The work waits for its end.
    private func withService(
        holding gate: AsyncStream<Void>? = nil,
        _ body: @Sendable (any TestClientProtocol, PostgresClient) async throws -> Void
    ) async throws {
        let schema = "idem_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let url = try #require(TestServers.postgres)
        let admin = PostgresClient(configuration: try PostgresConfiguration(url: url).patient, logger: logger)
        let client = PostgresClient(
            configuration: try PostgresConfiguration(url: url + "?options=-csearch_path%3D\(schema)").patient, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await admin.run() }
            group.addTask { await client.run() }
            defer { group.cancelAll() }
            try await admin.execute(PostgresQuery(unescaped: "create schema \(schema)"))
            let orders = PostgresMigration(id: "orders", sql: "create table orders (name text not null)")
            try await PostgresMigrator(client: client, logger: logger).apply(IdempotencyStore.migrations + [orders])
            let store = IdempotencyStore(postgres: client)
            let router = Router.shop()
            router.post("/orders") { request, context in
                let body = try await request.jsonBody(context: context)
                let order = try body.decode(Order.self)
                let key = try IdempotencyKey(request: request, context: context, body: body.bytes, required: true)
                return try await store.run(key) { transaction in
                    try await transaction.execute("insert into orders (name) values (\(order.name))")
                    if order.name == "bad" { throw Problem.invalid("#/name", "must not be bad") }
                    if let gate { for await _ in gate {} }
                    return try StoredResponse(order, status: .created, headers: [.location: "/orders/\(UUID())"])
                }
            }
            let configuration = EdgeConfiguration(instance: "1", requestTimeout: .seconds(60))
            let application = Application(responder: EdgeResponder(router: router, configuration: configuration), logger: logger)
            try await application.test(.router) { try await body($0, client) }
            try await admin.execute(PostgresQuery(unescaped: "drop schema \(schema) cascade"))
        }
    }

    private static func post(_ client: any TestClientProtocol, key: String?, name: String = "a") async throws -> TestResponse {
        let headers: HTTPFields = key.map { [.idempotencyKey: $0] } ?? [:]
        return try await client.execute(uri: "/orders", method: .post, headers: headers, body: ByteBuffer(string: "{\"name\":\"\(name)\"}"))
    }

    /// Comes back as long as it is told to: on a busy machine the first request may take longer than its twins wait.
    private static func postPatiently(_ client: any TestClientProtocol, key: String) async throws -> TestResponse {
        while true {
            let response = try await Self.post(client, key: key)
            guard response.status == .conflict else { return response }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func thirtyParallelRequestsAreOneExecutionAndEqualAnswers() async throws {
        try await self.withService { client, postgres in
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<30 { group.addTask { try await Self.postPatiently(client, key: "k") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .created })
            #expect(Set(answers.map { String(buffer: $0.body) }).count == 1)
            #expect(Set(answers.map { $0.headers[.location] }).count == 1)
            #expect(answers.filter { $0.headers[.idempotencyReplayed] == nil }.count == 1)
            let count = try await postgres.query("select count(*) from orders").first?.decode(Int64.self)
            #expect(count == 1)
        }
    }

    @Test func otherBodyUnderTheSameKeyIs422() async throws {
        try await self.withService { client, _ in
            _ = try await Self.post(client, key: "k", name: "a")
            let other = try await Self.post(client, key: "k", name: "b")
            #expect(other.status == .unprocessableContent)
            #expect(try other.problem().type == "/problems/idempotency-key-reused")
        }
    }

    @Test func missingAndMalformedKeysAreRefused() async throws {
        try await self.withService { client, _ in
            let table: [(String?, Int)] = [
                (nil, 428), (String(repeating: "k", count: 256), 400), (String(repeating: "k", count: 255), 201),
            ]
            for (key, status) in table {
                let response = try await Self.post(client, key: key)
                #expect(response.status.code == status)
            }
        }
    }

    @Test func failedWorkLeavesNothingAndMayBeRepeated() async throws {
        try await self.withService { client, postgres in
            let refused = try await Self.post(client, key: "k", name: "bad")
            #expect(refused.status.code == 422)
            let rows = try await postgres.query("select 1 from orders union all select 1 from idempotency_keys")
            #expect(rows.isEmpty)
            let repeated = try await Self.post(client, key: "k", name: "good")
            #expect(repeated.status.code == 201)
        }
    }

    @Test func twinOfALongRequestIsToldToComeBack() async throws {
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        try await self.withService(holding: gate) { client, _ in
            try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<2 { group.addTask { try await Self.post(client, key: "k") } }
                // One of them works until the other has its answer.
                let conflict = try #require(try await group.next())
                opening.finish()
                #expect(conflict.status == .conflict)
                #expect(try conflict.problem().type == "/problems/request-in-progress")
                #expect(conflict.headers[.retryAfter] == "1")
                let first = try #require(try await group.next())
                #expect(first.status == .created)
            }
        }
    }
}
