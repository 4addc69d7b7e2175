import LoginDomain
import Metrics
import ServiceKit
import Synchronization

/// Where a login waits for a moment when many have failed at its account lately. Pure waiting: no thread, no hash.
///
/// The lane is bounded, so that a storm of such logins cannot take up all the requests that the process serves at a time.
/// Who finds it full is told to come back. That is no lock-out: an address from which the account has logged in before never
/// comes here, and one address may take up a few places only, so that a stranger at one address cannot fill the lane.
final class SlowLane: Sendable {
    private struct State {
        var waiting = 0
        var waitingOfAddress: [String: Int] = [:]
    }

    private let capacity: Int
    private let capacityOfAddress: Int
    private let pause: Duration
    private let clock: any Clock<Duration>
    private let state = Mutex(State())
    private let refused = Counter(label: "login_slow_lane_refused_total")

    /// - Parameters:
    ///   - capacity: How many may wait.
    ///   - capacityOfAddress: How many of them may come from one address.
    ///   - pause: How long each waits.
    init(
        capacity: Int,
        capacityOfAddress: Int = 4,
        pause: Duration = .seconds(1),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.capacity = capacity
        self.capacityOfAddress = capacityOfAddress
        self.pause = pause
        self.clock = clock
    }

    /// Waits.
    ///
    /// - Throws: A problem 429 with `Retry-After` when the lane is full; `CancellationError`.
    func pass(_ attempt: LoginAttempt) async throws {
        guard self.enter(attempt.address) else {
            self.refused.increment()
            throw Problem.tooManyAttempts(retryAfter: max(1, self.pause.components.seconds))
        }
        defer { self.leave(attempt.address) }
        try await self.clock.sleep(for: self.pause)
    }

    private func enter(_ address: String) -> Bool {
        self.state.withLock { state in
            guard state.waiting < self.capacity, state.waitingOfAddress[address, default: 0] < self.capacityOfAddress else { return false }
            state.waiting += 1
            state.waitingOfAddress[address, default: 0] += 1
            return true
        }
    }

    private func leave(_ address: String) {
        self.state.withLock { state in
            state.waiting -= 1
            let rest = (state.waitingOfAddress[address] ?? 1) - 1
            state.waitingOfAddress[address] = rest > 0 ? rest : nil
        }
    }
}
