import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceKit
import Testing

/// Whole answers within a limit, from servers that do not finish what they begin.
@Suite struct HTTPClientExchangeTests {
    /// Says one thing to whoever sends something.
    private final class Saying: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let words: String

        init(_ words: String) { self.words = words }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: self.words)), promise: nil)
        }
    }

    private func withServer(saying words: String, _ body: (String) async throws -> Void) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Saying(words)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        do {
            try await body("http://127.0.0.1:\(port)/")
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    @Test(.timeLimit(.minutes(1))) func aWholeAnswerIsRead() async throws {
        try await self.withServer(saying: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHello") { url in
            let answer = try await HTTPClient.shared.exchange(HTTPClientRequest(url: url), within: .seconds(20), bodyLimit: 100)
            #expect(answer.head.status == .ok)
            #expect(String(buffer: answer.body) == "Hello")
        }
    }

    @Test(.timeLimit(.minutes(1))) func anAnswerThatStopsInTheMiddleIsNotWaitedForLonger() async throws {
        try await self.withServer(saying: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHe") { url in
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                _ = try await HTTPClient.shared.exchange(HTTPClientRequest(url: url), within: .milliseconds(200), bodyLimit: 100)
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aBodyBeyondTheLimitIsRefused() async throws {
        try await self.withServer(saying: "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHello") { url in
            await #expect(throws: NIOTooManyBytesError.self) {
                _ = try await HTTPClient.shared.exchange(HTTPClientRequest(url: url), within: .seconds(20), bodyLimit: 4)
            }
        }
    }
}
