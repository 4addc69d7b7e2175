/// One attempt of a call: what its operation needs to know.
public struct CallAttempt: Sendable {
    /// 0 for the first attempt, 1 for the first retry, and so on.
    public let number: Int

    /// When the caller stops waiting, if it ever does.
    public let deadline: Deadline?

    /// An attempt.
    public init(number: Int, deadline: Deadline?) {
        self.number = number
        self.deadline = deadline
    }
}
