/// Reads CSV as RFC 4180 describes it: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF.
///
/// A broken record costs one line: the reader reports it and goes on with the next line of the file. So a quote that is
/// never closed cannot swallow the rest. Text that is not UTF-8 is read as Latin-1, the usual encoding of old exports.
package struct CSVReader {
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// How many fields each record must have. `nil` until the caller knows the header.
    package var columns: Int?

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.position = 3 }
    }

    /// The next record, or why the next line is none. `nil` at the end of the file. Empty lines are skipped.
    package mutating func next() -> Result<CSVRecord, CSVFault>? {
        while self.position < self.bytes.count, self.isLineEnd { self.skipLineEnd() }
        guard self.position < self.bytes.count else { return nil }
        let start = (position: self.position, line: self.line)
        do throws(CSVFault) {
            let fields = try self.readRecord(startingAt: start.line)
            return .success(CSVRecord(line: start.line, fields: fields))
        } catch {
            self.position = start.position
            self.line = start.line
            self.skipLine()
            return .failure(error)
        }
    }

    private mutating func readRecord(startingAt start: Int) throws(CSVFault) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(try self.readField(recordStart: start))
            guard self.position < self.bytes.count, self.bytes[self.position] == Self.comma else { break }
            self.position += 1
        }
        if self.position < self.bytes.count { self.skipLineEnd() }
        if let columns = self.columns, fields.count != columns {
            throw CSVFault(line: start, reason: "has \(fields.count) fields where the header has \(columns)")
        }
        return fields
    }

    private mutating func readField(recordStart: Int) throws(CSVFault) -> String {
        guard self.position < self.bytes.count else { return "" }
        if self.bytes[self.position] == Self.quote { return try self.readQuotedField(recordStart: recordStart) }
        let start = self.position
        while self.position < self.bytes.count, self.bytes[self.position] != Self.comma, !self.isLineEnd {
            self.position += 1
        }
        return Self.text(self.bytes[start..<self.position])
    }

    private mutating func readQuotedField(recordStart: Int) throws(CSVFault) -> String {
        var content: [UInt8] = []
        self.position += 1
        while self.position < self.bytes.count {
            let byte = self.bytes[self.position]
            self.position += 1
            if byte == Self.lineFeed { self.line += 1 }
            guard byte == Self.quote else {
                content.append(byte)
                continue
            }
            guard self.position < self.bytes.count else { return Self.text(content[...]) }
            if self.bytes[self.position] == Self.quote {
                content.append(Self.quote)
                self.position += 1
            } else if self.bytes[self.position] == Self.comma || self.isLineEnd {
                return Self.text(content[...])
            } else {
                throw CSVFault(line: recordStart, reason: "has text after the closing quote of a field")
            }
        }
        throw CSVFault(line: recordStart, reason: "has a quote that is never closed")
    }

    private var isLineEnd: Bool {
        self.bytes[self.position] == Self.lineFeed || self.bytes[self.position] == Self.carriageReturn
    }

    private mutating func skipLineEnd() {
        let isPair =
            self.bytes[self.position] == Self.carriageReturn && self.position + 1 < self.bytes.count
            && self.bytes[self.position + 1] == Self.lineFeed
        self.position += isPair ? 2 : 1
        self.line += 1
    }

    private mutating func skipLine() {
        while self.position < self.bytes.count, !self.isLineEnd { self.position += 1 }
        if self.position < self.bytes.count { self.skipLineEnd() }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
