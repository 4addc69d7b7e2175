import Foundation
import Logging
import NIOCore
import Resilience
import TestSupport
import Testing

@testable import RPC

/// Our client, grpcio as server.
@Suite(.enabled(if: PythonPeer.python != nil), .serialized, .timeLimit(.minutes(5))) struct PythonServerTests {
    @Test(arguments: [0, 1, 16_384, 65_530, 65_536, 1_000_000, 4_000_000])
    func messagesOfAllSizesPassBothWays(count: Int) async throws {
        try await withPeer { client in
            let message = (0..<count).map { UInt8($0 % 251) }
            let reply = try await client.peer("Echo", message)
            #expect(Array(reply.message.readableBytesView) == message)
        }
    }

    @Test func manyBigMessagesPassAtOnce() async throws {
        try await withPeer { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await client.peer("Echo", Array(repeating: 9, count: 1_000_000)).message.readableBytes
                    }
                }
                for try await count in group {
                    #expect(count == 1_000_000)
                }
            }
        }
    }

    @Test func aReplyThatIsTooLongIsAnErrorOfThatCallOnly() async throws {
        try await withPeer { client in
            let error = await #expect(throws: RPCError.self) { try await client.peer("Oversized", Array("5000000".utf8)) }
            #expect(error?.code == .resourceExhausted)
            let reply = try await client.peer("Echo", [1])
            #expect(reply.message.readableBytes == 1)
        }
    }

    @Test(arguments: RPCError.Code.allCases)
    func statusesArriveWithTheirMessages(code: RPCError.Code) async throws {
        try await withPeer { client in
            let message = "Grüße: 100 % 買い物\n🛍"
            let order = try JSONEncoder().encode(["message": message])
            let text = String(decoding: order, as: UTF8.self).dropLast() + ", \"code\": \(code.rawValue)}"
            let error = await #expect(throws: RPCError.self) { try await client.peer("Fail", Array(text.utf8)) }
            #expect(error == RPCError(code, message, details: [1, 2, 255]))
        }
    }

    @Test func metadataTravelsBothWays() async throws {
        try await withPeer { client in
            var metadata: RPCMetadata = ["souk-text": "hello"]
            metadata.append("souk-bytes-bin", bytes: [0, 1, 255])
            let reply = try await client.peer("Metadata", [], metadata: metadata)
            let seen = String(buffer: reply.message)
            #expect(seen.contains(#"["souk-text", "hello"]"#))
            #expect(seen.contains(#"["souk-bytes-bin", [0, 1, 255]]"#))
            #expect(reply.trailers["souk-trailer"] == "yes")
            #expect(reply.trailers.bytes("souk-trailer-bin") == [0, 255])
        }
    }

    @Test func theServerKnowsHowMuchTimeIsLeft() async throws {
        try await withPeer { client in
            let reply = try await client.peer("Remaining", [], timeout: .seconds(40))
            let remaining = try #require(Double(String(buffer: reply.message)))
            #expect(remaining > 10 && remaining <= 40.1)
        }
    }

    @Test func aDeadlineEndsTheCall() async throws {
        try await withPeer { client in
            // A call that went on to its end would go on for longer than the test may.
            let error = await #expect(throws: RPCError.self) {
                try await client.peer("Sleep", Array("600".utf8), timeout: .milliseconds(300))
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test func aCancelledCallIsCancelledAtTheServer() async throws {
        try await withPeer { client in
            let call = Task { try await client.peer("Sleep", Array("600".utf8)) }
            let started = try await client.peer("Started", Array("100".utf8))
            #expect(String(buffer: started.message) == "1")
            call.cancel()
            let error = await #expect(throws: RPCError.self) { try await call.value }
            #expect(error?.code == .cancelled)
            let count = try await client.peer("Cancellations", Array("100".utf8))
            #expect(String(buffer: count.message) == "1")
        }
    }

    @Test func aThousandCallsAreUnderWayAtOnce() async throws {
        try await withPeer(options: ["grpc.max_concurrent_streams=1000"]) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<1000 {
                    group.addTask { _ = try await client.peer("Sleep", Array("1".utf8)) }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func threeHundredTimeoutsDoNotHurtAnInnocentCall() async throws {
        try await withPeer(options: ["grpc.max_concurrent_streams=1000"]) { client in
            async let innocent = client.peer("Sleep", Array("4".utf8))
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<300 {
                    group.addTask {
                        let error = await #expect(throws: RPCError.self) {
                            try await client.peer("Sleep", Array("20".utf8), timeout: .milliseconds(20))
                        }
                        #expect(error?.code == .deadlineExceeded)
                    }
                }
            }
            let reply = try await innocent
            #expect(String(buffer: reply.message) == "4")
        }
    }

    @Test func callsGoOnWhileTheServerClosesConnectionsByAge() async throws {
        let options = ["grpc.max_connection_age_ms=300", "grpc.max_connection_age_grace_ms=60000"]
        try await withPeer(options: options) { client in
            let end = ContinuousClock.now.advanced(by: .seconds(4))
            var calls = 0
            while ContinuousClock.now < end || calls <= 10 {
                let reply = try await client.peer("Echo", [7], isSafeToRetry: false)
                #expect(reply.message.readableBytes == 1)
                calls += 1
            }
        }
    }
}

extension PythonServerTests {
    private func withPeer(options: [String] = [], _ body: (RPCClient) async throws -> Void) async throws {
        let peer = try PythonPeer("server.py", options)
        defer { peer.kill() }
        let port = try #require(Int(await peer.line().dropFirst("port ".count)))
        var configuration = RPCClientConfiguration.patient
        configuration.connectionsPerEndpoint = 1
        // Failures are what is tested here.
        configuration.breaker.minimumCalls = .max
        let client = RPCClient(
            target: "peer", endpoints: .list([Endpoint(host: "127.0.0.1", port: port)]), configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withRunning({ try await client.run() }) {
            #expect(await eventually { client.balancer.readyConnections == 1 })
            try await body(client)
        }
    }
}

extension RPCClient {
    fileprivate func peer(
        _ name: String,
        _ message: [UInt8],
        metadata: RPCMetadata = [:],
        timeout: Duration = .seconds(200),
        isSafeToRetry: Bool = true
    ) async throws(RPCError) -> ClientReply {
        try await self.call(
            path: "/souk.test.Peer/\(name)", message, metadata: metadata, timeout: timeout, isSafeToRetry: isSafeToRetry)
    }
}
