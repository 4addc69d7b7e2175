import Metrics
import Resilience
import ServiceKit
import Synchronization

/// Lets a bounded number of tasks in, and a bounded number wait, first come first served. Who finds the queue full is told
/// to come back; whose deadline passed while waiting does not start any more.
final class WorkGate: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let concurrency: Int
    private let queueLimit: Int
    private let state = Mutex(State())
    private let refused = Counter(label: "password_hashes_refused_total")

    init(concurrency: Int, queueLimit: Int) {
        self.concurrency = max(1, concurrency)
        self.queueLimit = max(0, queueLimit)
    }

    /// Waits for a place; ``leave()`` must follow unless it throws.
    func enter() async throws {
        let isFull = self.state.withLock { $0.running >= self.concurrency && $0.waiting.count >= self.queueLimit }
        if isFull {
            self.refused.increment()
            throw Problem.unavailable("Too many are logging in at the moment.", retryAfter: .seconds(2))
        }
        await withCheckedContinuation { continuation in
            let isFree = self.state.withLock { state in
                guard state.running < self.concurrency else {
                    state.waiting.append(continuation)
                    return false
                }
                state.running += 1
                return true
            }
            if isFree { continuation.resume() }
        }
        if CallScope.current.deadline?.isExpired == true || Task.isCancelled {
            self.leave()
            throw Problem.deadlineExceeded
        }
    }

    func leave() {
        let next = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
