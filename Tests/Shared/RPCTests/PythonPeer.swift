import Foundation

/// A Python process with grpcio that talks gRPC with us: an implementation that is not ours.
final class PythonPeer: Sendable {
    /// The interpreter of a virtual environment with grpcio, from SOUK_TEST_PYTHON; `make test` makes one.
    static let python = ProcessInfo.processInfo.environment["SOUK_TEST_PYTHON"]

    private let process: Process
    private let input = Pipe()
    private let output: FileHandle
    private let errors: FileHandle

    /// Starts one of the scripts in Peers/.
    init(_ script: String, _ arguments: [String]) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers")
        let (output, errors) = (Pipe(), Pipe())
        self.process = Process()
        self.process.executableURL = URL(filePath: Self.python ?? "/usr/bin/python3")
        self.process.arguments = [folder.appending(path: script).path()] + arguments
        self.process.standardInput = self.input
        self.process.standardOutput = output
        self.process.standardError = errors
        self.output = output.fileHandleForReading
        self.errors = errors.fileHandleForReading
        try self.process.run()
    }

    /// The next line of its output.
    func line() async -> String {
        await Self.blocking { [output] in
            var bytes = Data()
            while let byte = try? output.read(upToCount: 1), !byte.isEmpty, byte.first != UInt8(ascii: "\n") {
                bytes += byte
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Waits for its end.
    /// - Returns: Its exit status and what it wrote to standard error.
    func end() async -> (status: Int32, errors: String) {
        try? self.input.fileHandleForWriting.close()
        return await Self.blocking { [process, errors] in
            let text = String(decoding: (try? errors.readToEnd()) ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus, text)
        }
    }

    /// Ends it whatever it does.
    func kill() {
        self.process.terminate()
    }

    private static func blocking<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: body())
            }
        }
    }
}
