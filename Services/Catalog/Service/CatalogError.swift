/// A failure that no request can be blamed for.
struct CatalogError: Error, CustomStringConvertible {
    /// What went wrong.
    enum Code: String {
        /// A command that the saga never sends, such as committing what is not held.
        case impossibleCommand
        /// A command that cannot be read, such as one without lines.
        case malformedCommand
        /// A row that the program did not write.
        case corruptRow
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    var description: String { "\(self.code.rawValue): \(self.message)" }
}
