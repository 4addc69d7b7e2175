/// A run of periodic work did not end in time and was cancelled.
struct PeriodicWorkOverdue: Error, CustomStringConvertible {
    let deadline: Duration

    var description: String { "not done within \(self.deadline)" }
}
