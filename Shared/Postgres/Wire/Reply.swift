import Synchronization

/// An answer that one task waits for and that comes once, from the loop, from a timer or from the task's cancellation.
///
/// Whoever answers first wins; what comes later is dropped. So a caller that gave up cannot disturb the pipeline: its
/// statements stay in it, and their results go nowhere.
final class Reply<Success: Sendable>: Sendable {
    private enum State {
        case initial
        case waiting(CheckedContinuation<Success, any Error>)
        /// Answered before anybody waited: cancellation and timers can be that fast.
        case answered(Result<Success, any Error>)
        case done
    }

    private let state = Mutex(State.initial)

    var isDone: Bool {
        self.state.withLock {
            switch $0 {
            case .initial, .waiting: false
            case .answered, .done: true
            }
        }
    }

    /// Waits for the answer.
    ///
    /// - Parameter isShielded: Whether cancellation is of no concern: the answer decides whether something was committed.
    func wait(isShielded: Bool = false) async throws -> Success {
        if isShielded { return try await self.suspend() }
        return try await withTaskCancellationHandler {
            try await self.suspend()
        } onCancel: {
            self.fail(CancellationError())
        }
    }

    @discardableResult
    func succeed(_ value: Success) -> Bool { self.resolve(.success(value)) }

    @discardableResult
    func fail(_ error: any Error) -> Bool { self.resolve(.failure(error)) }

    private func suspend() async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            let early = self.state.withLock { state -> Result<Success, any Error>? in
                if case .answered(let result) = state {
                    state = .done
                    return result
                }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(with: early) }
        }
    }

    private func resolve(_ result: Result<Success, any Error>) -> Bool {
        let (isFirst, continuation) = self.state.withLock { state -> (Bool, CheckedContinuation<Success, any Error>?) in
            switch state {
            case .initial:
                state = .answered(result)
                return (true, nil)
            case .waiting(let continuation):
                state = .done
                return (true, continuation)
            case .answered, .done:
                return (false, nil)
            }
        }
        continuation?.resume(with: result)
        return isFirst
    }
}
