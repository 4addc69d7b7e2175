import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import Resilience
import SwiftProtobuf
import TestSupport
import Testing

@testable import RPC

/// Peers that flood, stall or speak another protocol.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostilePeerTests {
    private let echo = RPCHandler(TestMethods.echo) { request, _ in request }

    /// Connects plain TCP with the given handlers.
    private func connect(
        to port: Int,
        _ handlers: @escaping @Sendable () -> [any ChannelHandler] = { [] }
    ) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(handlers())
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    @Test func aClientThatResetsWithoutEndIsCutOffAndOthersAreServed() async throws {
        var configuration = RPCServerConfiguration()
        configuration.maximumResets = 100
        try await withLoopback(handlers: [echo], server: configuration) { client, server in
            let flood = try await connect(to: server.listeningPort()) {
                [NIOHTTP2Handler(mode: .client), RapidResetter(count: 1000)]
            }
            try await flood.closeFuture.get()
            let reply = try await client.call(TestMethods.echo, "still here")
            #expect(reply.value == "still here")
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nHost: souk\r\n\r\n", "\u{0}\u{1}\u{2}", String(repeating: "x", count: 100_000)])
    func aClientThatDoesNotSpeakHTTP2IsCutOff(bytes: String) async throws {
        try await withLoopback(handlers: [echo]) { client, server in
            let stranger = try await connect(to: server.listeningPort())
            try? await stranger.writeAndFlush(ByteBuffer(string: bytes))
            // Fewer bytes than a preface has may still become one; then the client leaves.
            if bytes.utf8.count < 24 { stranger.close(promise: nil) }
            try await stranger.closeFuture.get()
            let reply = try await client.call(TestMethods.echo, "still here")
            #expect(reply.value == "still here")
        }
    }

    @Test func aSilentClientIsCutOff() async throws {
        var configuration = RPCServerConfiguration()
        // No honest client here: a busy machine may not let it introduce itself so soon.
        configuration.handshakeTimeout = .milliseconds(100)
        let instance = try await TestInstance.start(configuration: configuration, handlers: [echo])
        let silent = try await connect(to: instance.endpoint.port)
        try await silent.closeFuture.get()
        await instance.crash()
    }

    @Test func aHugeHeaderBlockIsRefused() async throws {
        try await withLoopback(handlers: [echo]) { client, _ in
            let huge: RPCMetadata = ["souk-huge": String(repeating: "x", count: 200_000)]
            await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x", metadata: huge) }
            #expect(await eventually { (try? await client.call(TestMethods.echo, "again"))?.value == "again" })
        }
    }

    @Test func aSilentServerIsGivenUp() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        var configuration = RPCClientConfiguration.patient
        configuration.connectTimeout = .milliseconds(50)
        configuration.connectionPatience = .milliseconds(300)
        let endpoint = Endpoint(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
        try await withClient(of: .list([endpoint]), configuration: configuration) { client in
            let error = await #expect(throws: RPCError.self) { try await client.call(TestMethods.echo, "x") }
            #expect(error?.code == .unavailable)
            #expect(client.balancer.readyConnections == 0)
        }
        try await listener.close().get()
    }

    @Test func moreCallsThanTheServerWantsAreTurnedAwayWithAHint() async throws {
        var (server, client) = (RPCServerConfiguration(), RPCClientConfiguration.patient)
        server.maximumConcurrentCalls = 5
        // Failures are what is tested here.
        client.breaker.minimumCalls = .max
        let gate = Gate<Void>()
        let held = RPCHandler(TestMethods.write) { request, _ in
            try await gate.value()
            return request
        }
        try await withLoopback(handlers: [held], server: server, client: client) { client, _ in
            await withTaskGroup(of: RPCError?.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            _ = try await client.call(TestMethods.write, "x")
                            return nil
                        } catch {
                            return error as? RPCError
                        }
                    }
                }
                // While five are held, all others are turned away.
                for _ in 0..<45 {
                    let error: RPCError? = await group.next() ?? nil
                    #expect(error?.code == .resourceExhausted && error?.retryAfter == .milliseconds(100))
                }
                gate.fulfil(.success(()))
                for await error in group { #expect(error == nil) }
            }
        }
    }
}

/// Opens streams and resets each at once, as in CVE-2023-44487.
private final class RapidResetter: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private let count: Int

    init(count: Int) {
        self.count = count
    }

    func channelActive(context: ChannelHandlerContext) {
        for number in 0..<self.count {
            let stream = HTTP2StreamID(number * 2 + 1)
            let headers: HPACKHeaders = [
                ":method": "POST", ":scheme": "http", ":path": "/souk.test.Test/Echo", ":authority": "test",
                "content-type": "application/grpc",
            ]
            for payload in [HTTP2Frame.FramePayload.headers(.init(headers: headers)), .rstStream(.cancel)] {
                context.write(self.wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
            }
        }
        context.flush()
    }
}
