import Logging
import RPC
import SwiftProtobuf
import Wire

/// Methods for tests, on protobuf's own wrapper messages.
enum TestMethods {
    typealias Text = Google_Protobuf_StringValue
    typealias Bytes = Google_Protobuf_BytesValue

    static let echo = RPCMethod<Text, Text>("/souk.test.Test/Echo", idempotency: .noSideEffects, timeout: .seconds(100))
    static let bytes = RPCMethod<Bytes, Bytes>("/souk.test.Test/Bytes", idempotency: .idempotent, timeout: .seconds(100))
    static let write = RPCMethod<Text, Text>("/souk.test.Test/Write", idempotency: .unknown, timeout: .seconds(100))
}

/// Runs a server on a free port and a client to it while `body` runs.
func withLoopback<Result: Sendable>(
    handlers: [RPCHandler],
    authenticator: RPCAuthenticator? = nil,
    server serverConfiguration: RPCServerConfiguration = RPCServerConfiguration(),
    client clientConfiguration: RPCClientConfiguration = .patient,
    _ body: (RPCClient, RPCServer) async throws -> Result
) async throws -> Result {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = RPCServer(
        host: "127.0.0.1", port: 0, handlers: handlers, authenticator: authenticator,
        configuration: serverConfiguration, logger: logger)
    return try await withRunning({ try await server.run() }) {
        let endpoint = Endpoint(host: "127.0.0.1", port: try await server.listeningPort())
        let client = RPCClient(
            target: "test", endpoints: .list([endpoint]), configuration: clientConfiguration, logger: logger)
        return try await withRunning({ try await client.run() }) {
            // Deadlines in tests are for the calls, not for connecting on a busy machine.
            _ = try await client.checkHealth(timeout: .seconds(60))
            return try await body(client, server)
        }
    }
}

/// Runs `service` beside `body` and cancels it afterwards.
func withRunning<Result: Sendable>(
    _ service: @escaping @Sendable () async throws -> Void,
    _ body: () async throws -> Result
) async throws -> Result {
    let task = Task { try await service() }
    do {
        let result = try await body()
        task.cancel()
        _ = await task.result
        return result
    } catch {
        task.cancel()
        _ = await task.result
        throw error
    }
}
