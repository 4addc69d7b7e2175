import Logging
import ServiceLifecycle
import Synchronization

@testable import RPC

/// Our server with byte-level methods, for peers that have no protobuf.
enum PeerServer {
    static func make() -> RPCServer {
        var configuration = RPCServerConfiguration()
        configuration.maximumConcurrentStreams = 1100
        let (sleeping, cancelled, barrier) = (Bell(), Bell(), Barrier())
        let handlers = [
            handler("Echo") { bytes, _ in bytes },
            handler("Fail") { bytes, _ in
                let number = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
                let code = RPCError.Code(rawValue: number) ?? .unknown
                throw RPCError(code, "Grüße \(number): 100 % 買い物\n🛍", details: [1, 2, 255])
            },
            handler("Metadata") { _, context in
                let bytes = context.metadata.bytes("souk-bytes-bin") ?? []
                return Array("\(context.metadata["souk-text"] ?? "") \(bytes)".utf8)
            },
            handler("Sleep") { bytes, _ in
                sleeping.ring()
                do {
                    try await Task.sleep(for: .seconds(Double(String(decoding: bytes, as: UTF8.self)) ?? 0))
                } catch {
                    cancelled.ring()
                    throw error
                }
                return bytes
            },
            handler("Started") { _, _ in await sleeping.heard() },
            handler("Sleepers") { _, _ in Array("\(sleeping.count)".utf8) },
            handler("Cancellations") { _, _ in await cancelled.heard() },
            handler("Barrier") { bytes, _ in
                let count = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
                return Array("\(await barrier.wait(for: count))".utf8)
            },
        ]
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return RPCServer(host: "127.0.0.1", port: 0, handlers: handlers, configuration: configuration, logger: logger)
    }

    private static func handler(
        _ name: String,
        _ perform: @escaping @Sendable ([UInt8], RPCContext) async throws -> [UInt8]
    ) -> RPCHandler {
        RPCHandler(path: "/souk.test.Peer/\(name)", perform)
    }

    /// Rings now or later; whoever listens hears each ring once.
    private final class Bell: Sendable {
        private let stream = AsyncStream.makeStream(of: Void.self)
        private let rings = Mutex(0)

        /// How often it has rung.
        var count: Int { self.rings.withLock { $0 } }

        func ring() {
            self.rings.withLock { $0 += 1 }
            self.stream.continuation.yield()
        }

        func heard() async -> [UInt8] {
            for await _ in self.stream.stream { return Array("1".utf8) }
            return Array("0".utf8)
        }
    }

    /// Holds all who come until enough are there.
    private final class Barrier: Sendable {
        private let waiting = Mutex<[CheckedContinuation<Int, Never>]>([])

        func wait(for count: Int) async -> Int {
            await withCheckedContinuation { continuation in
                let all = self.waiting.withLock { waiting in
                    waiting.append(continuation)
                    return waiting.count == count ? waiting : []
                }
                for one in all {
                    one.resume(returning: count)
                }
            }
        }
    }
}

/// Runs a service in a group beside `body`, which may shut it down gracefully.
func withGracefulRun<Result: Sendable>(
    _ service: some Service,
    _ body: (_ shutDown: @Sendable () -> Void) async throws -> Result
) async throws -> Result {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let (shutdown, trigger) = AsyncStream.makeStream(of: Void.self)
    let group = ServiceGroup(
        configuration: .init(
            services: [
                .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(
                    service: UntilTold(shutdown: shutdown), successTerminationBehavior: .gracefullyShutdownGroup),
            ], logger: logger))
    return try await withRunning({ try await group.run() }) {
        let result = try await body { trigger.yield() }
        trigger.yield()
        return result
    }
}

/// Ends when told, and so begins the graceful shutdown of its group.
private struct UntilTold: Service {
    let shutdown: AsyncStream<Void>

    func run() async throws {
        for await _ in self.shutdown.cancelOnGracefulShutdown() { return }
    }
}
