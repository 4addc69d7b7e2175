#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif
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

    func write(_ line: [UInt8]) {
        // One writer at a time: lines longer than a pipe's atomic size would mix otherwise.
        self.lock.withLock { _ in self.sink(line) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while !rest.isEmpty {
                let written = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
                if written < 0 {
                    if errno == EINTR { continue }
                    return  // There is nowhere left to report that the log is gone.
                }
                unsafe rest = unsafe rest.dropFirst(written)
            }
        }
    }
}
