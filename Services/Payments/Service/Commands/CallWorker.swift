package import Logging
import Metrics
import PaymentsDomain
import Resilience
import ServiceLifecycle
import Synchronization
import Tracing

/// Makes the calls that were written down, outside of any transaction, and writes their outcome down.
///
/// A call without a definite answer is made again with the same key until there is one: however many times this process
/// or another one starts anew. Nothing bounds that but the alarm.
package final class CallWorker: Service {
    private let queue: any CallQueue
    private let gateway: any PaymentGateway
    private let configuration: CallWorkerConfiguration
    private let logger: Logger
    private let metrics = CallMetrics()
    private let signal: WorkSignal
    private let inFlight = Mutex(0)

    /// - Parameter signal: Wakes the worker when a call was written down.
    package init(
        queue: any CallQueue,
        gateway: any PaymentGateway,
        signal: WorkSignal,
        configuration: CallWorkerConfiguration = CallWorkerConfiguration(),
        logger: Logger
    ) {
        self.queue = queue
        self.gateway = gateway
        self.signal = signal
        self.configuration = configuration
        self.logger = logger
    }

    /// Works until the process shuts down; calls that are under way are finished then. Cancelled, it leaves them to
    /// whoever finds their leases ended.
    package func run() async {
        await withDiscardingTaskGroup { background in
            background.addTask { await self.tick() }
            await withDiscardingTaskGroup { calls in
                for await _ in self.signal.wakes.cancelOnGracefulShutdown() {
                    await self.startCalls(in: &calls)
                }
            }
            background.cancelAll()
        }
    }

    /// Makes the calls that are due and no more: for a process that runs once, and for tests.
    package func runOnce() async {
        await withDiscardingTaskGroup { await self.startCalls(in: &$0) }
    }

    /// Measures what is still open.
    package func measureBacklog() async throws {
        let (open, age) = try await self.queue.backlog()
        self.metrics.backlog(open: open, oldestSeconds: age)
    }

    private func tick() async {
        while !Task.isCancelled {
            self.signal.wake()
            // Cancellation ends the pause, and with it the loop.
            try? await Task.sleep(for: self.configuration.pollInterval)
        }
    }

    private func startCalls(in group: inout DiscardingTaskGroup) async {
        while true {
            let room = self.inFlight.withLock { self.configuration.concurrency - $0 }
            guard room > 0 else { return }
            let calls: [ProviderCall]
            do {
                calls = try await self.queue.claim(limit: room, lease: self.configuration.lease)
            } catch {
                self.logger.warning("Calls to the provider cannot be claimed", metadata: ["error": "\(error)"])
                return
            }
            self.inFlight.withLock { $0 += calls.count }
            for call in calls {
                group.addTask {
                    // The reply belongs to the trace of the command.
                    await withSpan("psp \(call.kindName)", context: TraceParent.context(of: call.traceparent), ofKind: .client) { _ in
                        await self.carryOut(call)
                    }
                    // There may be more than there was room for.
                    let wasFull = self.inFlight.withLock { count in
                        count -= 1
                        return count == self.configuration.concurrency - 1
                    }
                    if wasFull { self.signal.wake() }
                }
            }
            guard calls.count == room else { return }
        }
    }

    private func carryOut(_ call: ProviderCall) async {
        let start = ContinuousClock.now
        do {
            let outcome: String
            switch call.kind {
            case .money(let operation):
                let answer = try await self.gateway.perform(call, operation)
                outcome = answer.outcome.name
                self.metrics.finished(call, outcome: outcome, duration: .now - start)
                try await self.queue.settle(call, operation, answer)
            case .inspect:
                let view = try await self.gateway.intent(call.providerIntent ?? "")
                outcome = "inspected"
                self.metrics.finished(call, outcome: outcome, duration: .now - start)
                try await self.queue.inspected(call, view)
            }
            self.logger.debug("Provider answered", metadata: self.metadata(call, ["psp.outcome": "\(outcome)"]))
        } catch {
            await self.postpone(call, after: error, duration: .now - start)
        }
    }

    /// Leaves a call for later. Should that fail too, the lease ends by itself.
    private func postpone(_ call: ProviderCall, after error: any Error, duration: Duration) async {
        self.metrics.finished(call, outcome: "unknown", duration: duration)
        let wanted: Duration? =
            switch error {
            case let error as GatewayError: error.retryAfter
            case let error as ResilienceRejection: error.retryAfter
            default: nil
            }
        let delay = max(wanted ?? .zero, RetrySchedule.delay(after: call.attempt, random: Double.random(in: 0..<1)))
        let level: Logger.Level = call.attempt >= RetrySchedule.alarmingAttempts ? .error : .notice
        self.logger.log(
            level: level,
            "Provider's answer is unknown, the call is made again with the same key",
            metadata: self.metadata(call, ["error": "\(error)"])
        )
        do {
            try await self.queue.postpone(call, by: delay, reason: "\(error)")
        } catch {
            self.logger.warning("A call cannot be postponed; its lease ends by itself", metadata: self.metadata(call, [:]))
        }
    }

    private func metadata(_ call: ProviderCall, _ more: Logger.Metadata) -> Logger.Metadata {
        let own: Logger.Metadata = [
            "psp.call": "\(call.id)", "psp.operation": "\(call.kindName)", "psp.attempt": "\(call.attempt)",
            "order.id": "\(call.orderID)",
        ]
        return own.merging(more) { $1 }
    }
}

extension ProviderOutcome {
    /// As metrics and logs have it.
    fileprivate var name: String {
        switch self {
        case .done: "done"
        case .declined: "declined"
        case .refused: "refused"
        }
    }
}
