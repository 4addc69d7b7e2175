public import Logging
internal import Metrics
public import Resilience

/// Publishes the state of a target's breaker: `breaker_state` is 0 when closed, 1 when half-open, 2 when open.
public struct BreakerMetrics: CallObserver {
    private struct Change: Hashable {
        var from: BreakerState
        var to: BreakerState
    }

    private static let possibleChanges = [
        Change(from: .closed, to: .open), Change(from: .open, to: .halfOpen), Change(from: .halfOpen, to: .closed),
        Change(from: .halfOpen, to: .open),
    ]

    private let logger: Logger
    private let state: Gauge
    private let target: String
    /// Made at once, so that a breaker that never opened shows zero and not nothing.
    private let changes: [Change: Counter]

    /// - Parameters:
    ///   - target: What the breaker guards.
    ///   - logger: Told of every change.
    public init(target: String, logger: Logger) {
        self.target = target
        self.logger = logger
        self.state = Gauge(label: "breaker_state", dimensions: [("target", target)])
        self.state.record(0)
        self.changes = Dictionary(
            uniqueKeysWithValues: Self.possibleChanges.map { change in
                let dimensions = [("target", target), ("from", change.from.rawValue), ("to", change.to.rawValue)]
                return (change, Counter(label: "breaker_transitions_total", dimensions: dimensions))
            }
        )
    }

    public func breakerChanged(target: String, from: BreakerState, to: BreakerState) {
        let value =
            switch to {
            case .closed: 0
            case .halfOpen: 1
            case .open: 2
            }
        self.state.record(value)
        self.changes[Change(from: from, to: to)]?.increment()
        self.logger.info(
            "Breaker changed",
            metadata: ["rpc.target": "\(target)", "breaker.from": "\(from.rawValue)", "breaker.to": "\(to.rawValue)"]
        )
    }
}
