/// A row that holds what this version does not know, such as a status of a later version.
struct CorruptRow: Error {
    var column: String
    var value: String
}
