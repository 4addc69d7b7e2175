/// Runs `body` and cancels it when it is not done within `limit`.
///
/// This is for work that does not look at the time. ``withDeadline(_:_:)`` only tells `body` when to give up and costs
/// nothing; here there is a timer and a task group. The limit is not put into ``CallScope/current``: do both where both help.
///
/// `body` is a child task, so it inherits task-locals, and this function ends after it, never before. A body that ignores its
/// cancellation holds up the answer beyond the limit. What it returns or throws after the limit is dropped.
///
/// - Parameters:
///   - limit: The time for all of it. With zero or less it is over from the start; `body` is begun all the same.
///   - clock: Measures the limit. For tests.
///   - body: The work.
/// - Returns: What `body` returns.
/// - Throws: ``TimeoutError`` when the time is over; the error of `body`; `CancellationError` when the calling task is
///   cancelled, which cancels `body` too, unless `body` ends first.
public func withTimeout<Value: Sendable>(
    _ limit: Duration,
    clock: any Clock<Duration> = ContinuousClock(),
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await clock.sleep(for: max(.zero, limit))
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw TimeoutError(limit: limit) }
        return value
    }
}
