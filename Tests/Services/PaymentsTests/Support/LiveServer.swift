import Hummingbird
import Logging
import NIOCore

/// An HTTP server on a port of its own, for the length of a test.
enum LiveServer {
    /// - Parameter body: Gets the server's address, such as `http://127.0.0.1:45678`.
    static func with<Responder: HTTPResponder, Result>(
        _ responder: Responder,
        _ body: (String) async throws -> Result
    ) async throws -> Result where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: .quiet
        )
        let run = Task {
            // Ends by cancellation.
            try? await application.run()
            port.finish()
        }
        var iterator = ports.makeAsyncIterator()
        let number = await iterator.next() ?? 0
        do {
            let result = try await body("http://127.0.0.1:\(number)")
            run.cancel()
            await run.value
            return result
        } catch {
            run.cancel()
            await run.value
            throw error
        }
    }
}
