/// A circuit breaker over a sliding window of time, as a pure value: time comes in as a parameter.
///
/// - Closed: outcomes are counted in ten slices of the window. The breaker opens when, of at least `minimumCalls`, the share
///   of failures or of slow calls reaches its threshold. Calls still running that are already slow count as slow (they are
///   the first sign of a target that hangs; resilience4j #1597 asks for it).
/// - Open: calls are refused for `openDuration`, twice as long after each failed trial.
/// - Half-open: `trialCalls` calls pass. When all have ended, or `maximumTrialDuration` is over, they decide. An ignored call
///   gives its place back; a call that never returns cannot hold the breaker (resilience4j #903, #935).
public struct BreakerCore: Sendable {
    private static let sliceCount = 10

    private let configuration: BreakerConfiguration
    private let time: TimeSlices
    private let slowSlices: Int64
    private var window = OutcomeWindow(sliceCount: Self.sliceCount)
    private var phase = Phase.closed
    private var period: UInt64 = 0
    private var failedTrials = 0
    /// Calls of this period that are still running, by the slice they began in.
    private var running: [Int64: Int] = [:]

    private enum Phase {
        case closed
        case open(until: ContinuousClock.Instant)
        case halfOpen(Trial)
    }

    private struct Trial {
        var permitsLeft: Int
        var counts = OutcomeCounts()
        let end: ContinuousClock.Instant
    }

    /// A closed breaker.
    public init(_ configuration: BreakerConfiguration, start: ContinuousClock.Instant) {
        self.configuration = configuration
        let width = configuration.window / Self.sliceCount
        self.time = TimeSlices(origin: start, width: width)
        self.slowSlices = configuration.slowDuration.nanoseconds / max(1, width.nanoseconds) + 1
    }

    /// The state at the last call of a mutating method.
    public var state: BreakerState {
        switch self.phase {
        case .closed: .closed
        case .open: .open
        case .halfOpen: .halfOpen
        }
    }

    /// Asks for leave to make a call.
    public mutating func acquire(at now: ContinuousClock.Instant) -> BreakerDecision {
        self.refresh(at: now)
        switch self.phase {
        case .closed:
            return .permitted(self.permit(at: now))
        case .open(let until):
            return .rejected(retryAfter: now.duration(to: until))
        case .halfOpen(var trial):
            guard trial.permitsLeft > 0 else {
                return .rejected(retryAfter: now.duration(to: trial.end))
            }
            trial.permitsLeft -= 1
            self.phase = .halfOpen(trial)
            return .permitted(self.permit(at: now))
        }
    }

    /// Takes a permit back, with what came of the call.
    public mutating func finish(
        _ permit: BreakerPermit,
        outcome: CallOutcome,
        duration: Duration,
        at now: ContinuousClock.Instant
    ) {
        guard permit.period == self.period else { return }
        self.forget(permit)
        if outcome != .ignored {
            self.record(failed: outcome.isFailure, slow: duration > self.configuration.slowDuration, at: now)
        } else if case .halfOpen(var trial) = self.phase {
            trial.permitsLeft += 1
            self.phase = .halfOpen(trial)
        }
        self.refresh(at: now)
    }

    /// Does what is due by time alone. Called by the other methods; call it before reading ``state``.
    public mutating func refresh(at now: ContinuousClock.Instant) {
        let slice = self.time.number(at: now)
        self.window.advance(to: slice)
        switch self.phase {
        case .closed:
            if self.isBad(self.counts(at: slice), minimum: self.configuration.minimumCalls) {
                self.open(at: now)
            }
        case .open(let until):
            guard now >= until else { return }
            let end = now.advanced(by: self.configuration.maximumTrialDuration)
            self.begin(.halfOpen(Trial(permitsLeft: self.configuration.trialCalls, end: end)))
        case .halfOpen(let trial):
            guard trial.counts.total >= self.configuration.trialCalls || now >= trial.end else { return }
            self.decide(trial, at: now)
        }
    }

    /// The share of failed and of slow calls in the window, running slow calls included.
    public func rates(at now: ContinuousClock.Instant) -> (failed: Double, slow: Double) {
        let counts = self.counts(at: self.time.number(at: now))
        return (counts.failureRate, counts.slowRate)
    }
}

extension BreakerCore {
    private mutating func permit(at now: ContinuousClock.Instant) -> BreakerPermit {
        let slice = self.time.number(at: now)
        self.running[slice, default: 0] += 1
        return BreakerPermit(period: self.period, startSlice: slice)
    }

    private mutating func forget(_ permit: BreakerPermit) {
        guard let count = self.running[permit.startSlice] else { return }
        self.running[permit.startSlice] = count > 1 ? count - 1 : nil
    }

    private mutating func record(failed: Bool, slow: Bool, at now: ContinuousClock.Instant) {
        switch self.phase {
        case .closed:
            self.window.advance(to: self.time.number(at: now))
            self.window.record(failed: failed, slow: slow)
        case .halfOpen(var trial):
            trial.counts += OutcomeCounts(total: 1, failed: failed ? 1 : 0, slow: slow ? 1 : 0)
            self.phase = .halfOpen(trial)
        case .open:
            // A new period begins with opening, so no permit of this period exists.
            break
        }
    }

    private func counts(at slice: Int64) -> OutcomeCounts {
        var counts = self.window.sum
        for (start, count) in self.running where start + self.slowSlices < slice {
            counts += OutcomeCounts(total: count, failed: 0, slow: count)
        }
        return counts
    }

    private func isBad(_ counts: OutcomeCounts, minimum: Int) -> Bool {
        counts.total >= minimum
            && (counts.failureRate >= self.configuration.failureRate || counts.slowRate >= self.configuration.slowRate)
    }

    private mutating func decide(_ trial: Trial, at now: ContinuousClock.Instant) {
        // Trials that never came back are no sign of health.
        guard trial.counts.total > 0, !self.isBad(trial.counts, minimum: 1) else {
            self.failedTrials += 1
            return self.open(at: now)
        }
        self.failedTrials = 0
        self.begin(.closed)
    }

    private mutating func open(at now: ContinuousClock.Instant) {
        let doublings = min(self.failedTrials, 16)
        let length = min(self.configuration.maximumOpenDuration, self.configuration.openDuration * (1 << doublings))
        self.begin(.open(until: now.advanced(by: length)))
    }

    private mutating func begin(_ phase: Phase) {
        self.phase = phase
        self.period += 1
        self.running.removeAll(keepingCapacity: true)
        self.window.reset()
    }
}
