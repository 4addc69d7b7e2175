import Glibc
import Synchronization

/// Where log lines go: a function that takes whole lines, one at a time.
public final class LogOutput: Sendable {
    private let lock = Mutex(())
    private let sink: @Sendable ([UInt8]) -> Void

    /// The standard error stream of the process.
    public static let standardError = LogOutput { LogOutput.writeAll($0, to: STDERR_FILENO) }

    /// Creates an output.
    ///
    /// - Parameter sink: Called with each line and its line feed, never twice at the same time.
    public init(_ sink: @escaping @Sendable ([UInt8]) -> Void) {
        self.sink = sink
    }

    /// Writes a line of plain text: for a process that ends before it has a log.
    public func line(_ text: String) {
        self.write(Array((text + "\n").utf8))
    }

    func write(_ line: [UInt8]) {
        // One writer at a time: lines longer than a pipe's atomic size would mix otherwise.
        self.lock.withLock { _ in self.sink(line) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes {
                unsafe systemWrite(descriptor, $0.baseAddress.map { unsafe $0 + start }, bytes.count - start)
            }
            if written < 0 {
                if errno == EINTR { continue }
                return  // There is nowhere left to report that the log is gone.
            }
            start += written
        }
    }
}

#if canImport(Darwin)
private let systemWrite = unsafe Darwin.write
#else
private let systemWrite = unsafe Glibc.write
#endif
