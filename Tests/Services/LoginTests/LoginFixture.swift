import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import LoginService
import NIOCore
import Postgres
import ServiceKit
import TestSupport
import Testing

/// The whole service on a database of its own, spoken to over its routes.
struct LoginFixture: Sendable {
    struct Account: Decodable, Hashable {
        var id: String
        var email: String
        var name: String
        var scopes: [String]
    }

    struct Tokens: Decodable {
        var access_token: String
        var token_type: String
        var expires_in: Int
        var refresh_token: String
        var account: Account
    }

    struct ProblemBody: Decodable {
        struct Field: Decodable { var pointer: String }
        var type: String
        var errors: [Field]?
    }

    let client: any TestClientProtocol
    let postgres: PostgresClient

    /// Starts login, lets `body` use it and stops it again.
    static func with(_ settings: [String: String] = [:], _ body: @escaping @Sendable (LoginFixture) async throws -> Void) async throws {
        let url = try #require(TestServers.postgres)
        let redis = try #require(TestServers.redis)
        let database = "login_test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let admin = PostgresClient(configuration: try Self.patient(url), logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await admin.run() }
            defer { group.cancelAll() }
            try await admin.execute(PostgresQuery(unescaped: "create database \(database)"))
            // Hashing takes a core and a while: on a small machine those who wait for their turn need longer than the usual deadline.
            var values = ["REQUEST_TIMEOUT_SECONDS": "120"].merging(settings) { $1 }
            let own =
                url.split(separator: "/").dropLast().joined(separator: "/").replacing("postgresql:/", with: "postgresql://") + "/"
                + database
            values["DATABASE_URL"] = own
            values["REDIS_CACHE_URL"] = "redis://\(redis)"
            values["REDIS_LOG_URL"] = "redis://\(redis)"
            let host = try ServiceHost(name: "login", values: values)
            let app = try await LoginApp(host: host)
            let postgres = PostgresClient(configuration: try Self.patient(own), logger: logger)
            group.addTask { await postgres.run() }
            try await host.withServices { edge in
                try await Application(responder: edge, logger: logger).test(.router) { client in
                    try await body(LoginFixture(client: client, postgres: postgres))
                }
            }
            withExtendedLifetime(app) {}
            try await admin.execute(PostgresQuery(unescaped: "drop database \(database) with (force)"))
        }
    }

    /// What is tested is what happens, not how soon: the machine may be busy.
    private static func patient(_ url: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: url)
        configuration.connectTimeout = .seconds(30)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(60)
        return configuration
    }

    /// An address of its own for each test, since limits are counted by it in a Redis that tests share.
    static func randomAddress() -> String { "test-\(UUID().uuidString)" }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [String: String]? = nil, token: String? = nil, key: String? = nil,
        from address: String = "127.0.0.1"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.forwardedFor: address]
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let key { headers[.idempotencyKey] = key }
        let buffer = try body.map { ByteBuffer(bytes: try JSONCoding.bytes($0)) }
        return try await self.client.execute(uri: path, method: method, headers: headers, body: buffer)
    }

    func register(_ email: String, password: String = "correct horse") async throws -> Account {
        let response = try await self.send(.post, "/v1/accounts", ["email": email, "password": password, "name": "Ann"])
        #expect(response.status == .created)
        return try response.decoded()
    }

    func logIn(_ email: String, password: String = "correct horse", from address: String = "127.0.0.1") async throws -> TestResponse {
        try await self.send(.post, "/v1/sessions", ["email": email, "password": password], from: address)
    }

    func refresh(_ token: String, key: String? = nil) async throws -> TestResponse {
        try await self.send(.post, "/v1/tokens", ["refresh_token": token], key: key)
    }
}

extension TestResponse {
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(self.body.readableBytesView))
    }

    var problemType: String? { try? self.decoded(LoginFixture.ProblemBody.self).type }
}
