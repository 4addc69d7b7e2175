import Foundation
import Testing

/// A program beside the shop: soukctl, or the control of its processes.
enum Command {
    struct Result: Sendable {
        var status: Int32
        var output: String
    }

    /// Runs to the end.
    static func run(_ program: String?, _ arguments: [String]) async throws -> Result {
        let program = try #require(program, "the program is not given; `make test` gives it")
        let output = FileManager.default.temporaryDirectory.appending(path: "souk-\(UUID().uuidString).log")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["SOUK_SHOP"] = TestShop.path
        process.environment = environment
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try handle.close()
        return Result(status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }

    static func soukctl(_ arguments: String...) async throws -> Result {
        try await Self.run(TestShop.soukctl, arguments)
    }

    /// Controls the shop's processes.
    @discardableResult
    static func control(_ arguments: String...) async throws -> Result {
        let result = try await Self.run(TestShop.control, arguments)
        try #require(result.status == 0, "\(result.output)")
        return result
    }

    /// The auditor must find nothing.
    static func expectCleanAudit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let audit = try await Self.soukctl("audit", "--wait", "300")
        #expect(audit.status == 0, "\(audit.output)", sourceLocation: sourceLocation)
    }
}
