import Foundation
import Synchronization

/// The shoppers' memory: one line of JSON for every acknowledged order, on disk before the replay goes on.
package final class Journal: Sendable {
    private let handle: Mutex<FileHandle>

    /// Opens the file for appending, making it when it is not there.
    package init(appendingTo path: String) throws(SoukctlError) {
        do {
            let url = URL(filePath: path)
            if !FileManager.default.fileExists(atPath: path) {
                try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: url)
            }
            let handle = try FileHandle(forWritingTo: url)
            try handle.seekToEnd()
            self.handle = Mutex(handle)
        } catch {
            throw SoukctlError(.usage, "\(path): cannot be written: \(error.localizedDescription)")
        }
    }

    package func record(_ entry: JournalEntry) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(entry) + Data("\n".utf8)
        try self.handle.withLock { handle in
            try handle.write(contentsOf: line)
            try handle.synchronize()
        }
    }

    /// Reads a journal. A last line without its end is the trace of a replay that was killed while writing: the shop's
    /// answer was never acted upon, so the line is left out.
    package static func read(_ path: String) throws(SoukctlError) -> [JournalEntry] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SoukctlError(.usage, "\(path): no such journal")
        }
        return try Self.entries(Array(data), path: path)
    }

    package static func entries(_ bytes: [UInt8], path: String) throws(SoukctlError) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        let complete = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
        for (number, line) in complete.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let entry = try? JSONDecoder().decode(JournalEntry.self, from: Data(line)) else {
                throw SoukctlError(.usage, "\(path): line \(number + 1) is no journal entry")
            }
            entries.append(entry)
        }
        return entries
    }
}
