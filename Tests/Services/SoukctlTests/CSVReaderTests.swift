import SoukctlCommands
import Testing

@Suite struct CSVReaderTests {
    private func read(_ text: String, columns: Int? = nil) -> [Result<CSVRecord, CSVFault>] {
        var reader = CSVReader(Array(text.utf8))
        reader.columns = columns
        var results: [Result<CSVRecord, CSVFault>] = []
        while let result = reader.next() { results.append(result) }
        return results
    }

    @Test func fieldsAreSplitAtCommas() {
        #expect(self.read("a,b,,d\n") == [.success(CSVRecord(line: 1, fields: ["a", "b", "", "d"]))])
    }

    @Test func quotedFieldsKeepCommasQuotesAndLineBreaks() {
        let records = self.read("\"a,1\",\"say \"\"so\"\"\",\"two\r\nlines\"\r\nnext,x,y\r\n")
        #expect(
            records == [
                .success(CSVRecord(line: 1, fields: ["a,1", "say \"so\"", "two\r\nlines"])),
                .success(CSVRecord(line: 3, fields: ["next", "x", "y"])),
            ]
        )
    }

    @Test func lastLineNeedsNoLineEnd() {
        #expect(self.read("a,b\nc,").last == .success(CSVRecord(line: 2, fields: ["c", ""])))
    }

    @Test func emptyLinesAndTheByteOrderMarkAreSkipped() {
        #expect(self.read("\u{FEFF}a,b\n\n\nc,d\n").count == 2)
        #expect(self.read("\u{FEFF}a\n").first == .success(CSVRecord(line: 1, fields: ["a"])))
    }

    @Test func wrongNumberOfFieldsCostsOneLine() {
        let records = self.read("a,b\nc\nd,e\n", columns: 2)
        #expect(records[1] == .failure(CSVFault(line: 2, reason: "has 1 fields where the header has 2")))
        #expect(records[2] == .success(CSVRecord(line: 3, fields: ["d", "e"])))
    }

    @Test func quoteThatIsNeverClosedCostsOneLine() {
        let records = self.read("\"open,b\nc,d\ne,f\n", columns: 2)
        #expect(records.count == 3)
        #expect(records[0] == .failure(CSVFault(line: 1, reason: "has a quote that is never closed")))
        #expect(records[2] == .success(CSVRecord(line: 3, fields: ["e", "f"])))
    }

    @Test func quoteClosedByALaterLineCostsOneLine() {
        let records = self.read("\"open,b\n\"quoted\",d\n", columns: 2)
        #expect(records[0] == .failure(CSVFault(line: 1, reason: "has text after the closing quote of a field")))
        #expect(records[1] == .success(CSVRecord(line: 2, fields: ["quoted", "d"])))
    }

    @Test func latin1IsUnderstood() {
        var reader = CSVReader([0x54, 0xA3, 0x31])
        #expect(reader.next() == .success(CSVRecord(line: 1, fields: ["T£1"])))
    }
}
