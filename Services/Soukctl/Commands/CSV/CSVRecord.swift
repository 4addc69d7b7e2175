/// One record of a CSV file.
package struct CSVRecord: Sendable, Equatable {
    /// The line of the file on which the record begins, counted from 1.
    package let line: Int

    /// The fields, without their quotes.
    package let fields: [String]

    package init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}
