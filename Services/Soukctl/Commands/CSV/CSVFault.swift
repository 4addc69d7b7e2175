/// A line that cannot be used, and why.
package struct CSVFault: Error, Sendable, Equatable {
    /// The line of the file, counted from 1.
    package let line: Int

    /// A sentence for the operator.
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}
