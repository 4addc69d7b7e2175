package import Foundation
import Synchronization

/// An append-only file that is on the disk before its writer goes on.
///
/// Lines that arrive while the disk is busy are written together and share the next fsync (group commit). A write that
/// fails leaves the journal failed: it accepts nothing more, since what is in memory can no longer be trusted.
package final class Journal: Sendable {
    private struct State {
        var buffer = Data()
        /// Bytes handed over so far, counted from the start of the file.
        var appended: UInt64
        /// Bytes that are certainly on the disk.
        var durable: UInt64
        var isFlushing = false
        var waiters: [Waiter] = []
        var failure: JournalError?
    }

    private struct Waiter {
        let position: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    package let path: String
    private let file: FileHandle
    private let queue = DispatchQueue(label: "psp-simulator.journal")
    private let state: Mutex<State>

    private init(path: String, file: FileHandle, size: UInt64) {
        self.path = path
        self.file = file
        self.state = Mutex(State(appended: size, durable: size))
    }

    /// Opens the file, makes it where it is missing, and reads what it holds.
    ///
    /// A last line without its end was never answered for: it is cut off. A line that cannot be read before the end is
    /// damage, and nothing starts on damaged books.
    ///
    /// - Throws: ``JournalError`` when the file cannot be opened or is damaged.
    package static func open(path: String) throws -> (journal: Journal, records: [JournalRecord]) {
        if !FileManager.default.fileExists(atPath: path) {
            let made = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard made else { throw JournalError(.cannotOpen, path: path) }
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw JournalError(.cannotOpen, path: path) }
        let content = try file.readToEnd() ?? Data()
        let (records, length) = try Self.records(in: content, path: path)
        if length < content.count {
            try file.truncate(atOffset: UInt64(length))
            try file.synchronize()
        }
        try file.seek(toOffset: UInt64(length))
        return (Journal(path: path, file: file, size: UInt64(length)), records)
    }

    /// The records of a journal's bytes, and how many of the bytes are whole lines.
    package static func records(in content: Data, path: String) throws(JournalError) -> (records: [JournalRecord], length: Int) {
        let decoder = JSONDecoder()
        var records: [JournalRecord] = []
        var start = content.startIndex
        while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
            guard let record = try? decoder.decode(JournalRecord.self, from: content[start..<end]) else {
                throw JournalError(.damaged(line: records.count + 1), path: path)
            }
            records.append(record)
            start = content.index(after: end)
        }
        return (records, start - content.startIndex)
    }

    /// Hands one line over. The order of calls is the order in the file.
    ///
    /// - Throws: ``JournalError`` when an earlier write failed.
    package func append(_ line: Data) throws {
        try self.state.withLock { state in
            if let failure = state.failure { throw failure }
            state.buffer.append(line)
            state.buffer.append(UInt8(ascii: "\n"))
            state.appended += UInt64(line.count) + 1
            self.flushIfIdle(&state)
        }
    }

    /// Waits until every line handed over so far is on the disk.
    ///
    /// - Returns: The size of the part of the file that is certain.
    /// - Throws: ``JournalError`` when a write failed.
    @discardableResult
    package func flushed() async throws -> UInt64 {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let ready: Result<Void, any Error>? = self.state.withLock { state in
                if let failure = state.failure { return .failure(failure) }
                if state.durable == state.appended { return .success(()) }
                state.waiters.append(Waiter(position: state.appended, continuation: continuation))
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
        return self.state.withLock { $0.durable }
    }

    private func flushIfIdle(_ state: inout State) {
        guard !state.isFlushing else { return }
        state.isFlushing = true
        self.queue.async { self.flush() }
    }

    /// Runs on the journal's queue, one at a time, until there is nothing left to write.
    private func flush() {
        while let batch = self.nextBatch() {
            do {
                try self.file.write(contentsOf: batch)
                try self.file.synchronize()
                self.finish(bytes: UInt64(batch.count))
            } catch {
                self.fail(JournalError(.cannotWrite, path: self.path))
                return
            }
        }
    }

    private func nextBatch() -> Data? {
        self.state.withLock { state in
            guard !state.buffer.isEmpty else {
                state.isFlushing = false
                return nil
            }
            defer { state.buffer = Data() }
            return state.buffer
        }
    }

    private func finish(bytes: UInt64) {
        let done = self.state.withLock { state in
            state.durable += bytes
            let durable = state.durable
            let done = state.waiters.filter { $0.position <= durable }
            state.waiters.removeAll { $0.position <= durable }
            return done
        }
        for waiter in done { waiter.continuation.resume() }
    }

    private func fail(_ error: JournalError) {
        let waiting = self.state.withLock { state in
            state.failure = error
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiting { waiter.continuation.resume(throwing: error) }
    }
}
