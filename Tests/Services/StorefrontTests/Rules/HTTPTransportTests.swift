import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Resilience
import Testing

@testable import StorefrontService

@Suite struct HTTPTransportTests {
    /// A service that sends the head of its answer at once, and the body byte by byte, for longer than anybody waits.
    private var dribbling: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.get("/v1/products") { _, _ in
            let body = ResponseBody { writer in
                for _ in 0..<1_000 {
                    try await writer.write(ByteBuffer(string: " "))
                    try await Task.sleep(for: .milliseconds(20))
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, body: body)
        }
        return router
    }

    @Test(.timeLimit(.minutes(10))) func answerThatDoesNotEndIsGivenUpAtTheDeadline() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        try await Application(router: self.dribbling, logger: logger).test(.live) { client in
            let port = try #require(client.port)
            let transport = HTTPTransport(origins: [.catalog: "http://localhost:\(port)"], proxyKey: "", agent: "test")
            let running = Task { try await transport.run() }
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                try await transport.send(APIRequest(.get, "/v1/products"), to: .catalog, deadline: .after(.milliseconds(500)))
            }
            running.cancel()
            try await running.value
        }
    }
}
