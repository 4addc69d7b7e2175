/// Names beside those of consumer groups in the log's notes.
enum LogGroup {
    /// Not a group: the position before the oldest event that the producer still has. A reader that has never applied
    /// anything may begin there.
    static let origin = "@origin"
}
