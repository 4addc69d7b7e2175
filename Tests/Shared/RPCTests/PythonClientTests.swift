import Logging
import Testing

@testable import RPC

/// grpcio as client, our server.
@Suite(.enabled(if: PythonPeer.python != nil), .serialized, .timeLimit(.minutes(5))) struct PythonClientTests {
    @Test(
        arguments: [
            "echo", "many_big", "too_big", "statuses", "unknown_method", "metadata", "deadline", "cancel", "thousand",
            "timeouts", "health", "keepalive",
        ])
    func grpcioUnderstandsOurServer(scenario: String) async throws {
        let server = PeerServer.make()
        try await withRunning({ try await server.run() }) {
            let port = try await server.listeningPort()
            let peer = try PythonPeer("client.py", ["\(port)", scenario])
            let (status, errors) = await peer.end()
            #expect(status == 0, "\(errors)")
        }
    }

    @Test func grpcioFollowsOurGracefulShutdown() async throws {
        let server = PeerServer.make()
        let port = try await withGracefulRun(server) { shutDown in
            let port = try await server.listeningPort()
            let peer = try PythonPeer("client.py", ["\(port)", "goaway"])
            #expect(await peer.line() == "under way")
            shutDown()
            let (status, errors) = await peer.end()
            #expect(status == 0, "\(errors)")
            return port
        }
        #expect(port > 0)
    }
}
