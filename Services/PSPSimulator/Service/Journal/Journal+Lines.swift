package import Foundation

extension Journal {
    /// Some of the lines that are certain. A line's number is its place in the file, counted from 1.
    ///
    /// - Parameters:
    ///   - number: The line before the first one.
    ///   - limit: The most that are read.
    /// - Throws: ``JournalError`` when the file cannot be read or an earlier write failed.
    package func lines(after number: Int, limit: Int) async throws -> Data {
        var left = Int(try await self.flushed())
        guard let file = FileHandle(forReadingAtPath: self.path) else { throw JournalError(.cannotOpen, path: self.path) }
        defer { try? file.close() }
        let wanted = number..<(number + limit)
        var (line, found) = (0, Data())
        while left > 0, line < wanted.upperBound, let chunk = try file.read(upToCount: min(left, 256 * 1024)), !chunk.isEmpty {
            left -= chunk.count
            var start = chunk.startIndex
            while start < chunk.endIndex, line < wanted.upperBound {
                let newline = chunk[start...].firstIndex(of: UInt8(ascii: "\n"))
                let end = newline.map { chunk.index(after: $0) } ?? chunk.endIndex
                if wanted.contains(line) { found.append(chunk[start..<end]) }
                if newline != nil { line += 1 }
                start = end
            }
        }
        return found
    }
}
