/// Polls a condition until it holds, for at most `limit` of real time.
///
/// For effects of other processes and threads that offer nothing to wait on. Prefer ``TestClock`` for code that takes a clock.
///
/// - Parameters:
///   - limit: How long to try. Defaults to 60 seconds: generous, since it only costs time when the test fails.
///   - interval: The pause between two tries. Defaults to 5 milliseconds.
///   - condition: What should become true.
/// - Returns: Whether the condition held in time, for `#expect(await eventually { … })`.
public func eventually(
    within limit: Duration = .seconds(60),
    every interval: Duration = .milliseconds(5),
    _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        // Cancellation ends the pause early, and the loop with it.
        do { try await Task.sleep(for: interval) } catch { return false }
    }
    return try await condition()
}
