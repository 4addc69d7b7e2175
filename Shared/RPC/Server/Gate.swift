internal import Synchronization

/// A value that is there later, for any number of waiters.
final class Gate<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var lastID = 0
        var waiters: [Int: CheckedContinuation<Value, any Error>] = [:]
    }

    private let state = Mutex(State())

    /// Sets the value; only the first one counts.
    func fulfil(_ result: Result<Value, any Error>) {
        let waiters = self.state.withLock { state in
            if state.result == nil {
                state.result = result
            }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters {
            waiter.resume(with: result)
        }
    }

    /// Waits for the value.
    /// - Throws: What was set in its place, or `CancellationError`.
    func value() async throws -> Value {
        let id = self.state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = self.state.withLock { state -> Result<Value, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.result == nil {
                        state.waiters[id] = continuation
                    }
                    return state.result
                }
                if let result {
                    continuation.resume(with: result)
                }
            }
        } onCancel: {
            let waiter = self.state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
