import Foundation
import Redis
import Synchronization
import TestSupport

/// A Redis of the test's own, to stop, freeze and start again without disturbing other tests.
final class OwnRedis: Sendable {
    static let executable = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let port: Int
    private let process = Mutex<Process?>(nil)
    private let file = Mutex<URL?>(nil)

    init() throws {
        self.port = try Self.freePort()
    }

    var configuration: RedisConfiguration { RedisConfiguration(port: self.port).patient }

    /// - Parameter primary: The server that this one is a replica of.
    func start(replicaOf primary: OwnRedis? = nil) throws {
        var arguments = ["--port", "\(self.port)", "--bind", "127.0.0.1", "--save", "", "--enable-debug-command", "yes"]
        if let primary { arguments += ["--replicaof", "127.0.0.1 \(primary.port)", "--repl-diskless-sync-delay", "0"] }
        try self.launch(arguments)
    }

    /// Starts it as a file of configuration says, but for its port and what is given here.
    func start(with configuration: URL, _ arguments: String...) throws {
        try self.launch([configuration.path, "--port", "\(self.port)"] + arguments)
    }

    /// Starts a Sentinel instead, which is enough by itself to decide. A primary that is silent may only be busy: it takes a
    /// minute for a sign of death until the test sets less.
    func startSentinel(watching primary: OwnRedis, as name: String) throws {
        // A Sentinel writes what it learns into its configuration.
        let file = FileManager.default.temporaryDirectory.appending(path: "sentinel-\(self.port)-\(UInt64.random(in: 0...UInt64.max)).conf")
        let text = """
            port \(self.port)
            bind 127.0.0.1
            sentinel monitor \(name) 127.0.0.1 \(primary.port) 1
            sentinel down-after-milliseconds \(name) 60000
            sentinel failover-timeout \(name) 5000
            """
        try Data(text.utf8).write(to: file)
        self.file.withLock { $0 = file }
        try self.launch([file.path, "--sentinel"])
    }

    private func launch(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.executable ?? "/usr/bin/redis-server")
        process.arguments = arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    /// As `kill -9`: no farewell, the memory is gone.
    func kill() {
        self.process.withLock { process in
            guard let running = process else { return }
            Foundation.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    func freeze() { self.signal(SIGSTOP) }
    func thaw() { self.signal(SIGCONT) }

    private func signal(_ number: Int32) {
        self.process.withLock { process in
            if let process { Foundation.kill(process.processIdentifier, number) }
        }
    }

    deinit {
        if let file = self.file.withLock({ $0 }) { try? FileManager.default.removeItem(at: file) }
        if let process = self.process.withLock({ $0 }) { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// A port that nobody listens on now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) | getsockname(descriptor, address, &size)
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRINUSE) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Runs a client for the time of the closure.
func withRedis<Result: Sendable>(
    _ configuration: RedisConfiguration, _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    let client = RedisClient(configuration: configuration)
    let running = Task { await client.run() }
    defer { running.cancel() }
    return try await body(client)
}

/// A name that no other test uses.
func uniqueKey(_ name: String) -> String {
    "test:\(name):\(UInt64.random(in: 0...UInt64.max))"
}
