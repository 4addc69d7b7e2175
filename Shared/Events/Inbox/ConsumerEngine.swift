internal import Logging

/// A consumer's work on one batch, step by step. It keeps nothing between two calls: the cursor's row is the truth.
struct ConsumerEngine<Store: InboxStore>: Sendable {
    /// What became of a batch.
    enum Outcome: Hashable, Sendable {
        /// All is applied, up to here.
        case applied(LogPosition)
        /// Events behind this position are missing.
        case gap(after: LogPosition)
        /// The event at this position failed and is to be tried again after a pause; all before it are applied.
        case failing(at: LogPosition, retryAfter: Duration)
    }

    /// How an attempt on some events ended.
    private enum Attempt {
        /// The next event is the one at this index.
        case done(Outcome, next: Int)
        /// The event at this index failed; nil when it was the commit, so that it may be any of them.
        case failed(Int?, any Error)
    }

    /// Who is to blame when an error leaves a transaction.
    private enum Suspect {
        case infrastructure
        case event(Int)
        case anyOfThem
    }

    let store: Store
    let policy: PoisonPolicy
    /// The most events that are handled in one transaction; those that are passed over do not count.
    var handledPerTransaction = Int.max
    let metrics: ConsumerMetrics
    let logger: Logger
    /// Which types are handled at all.
    let isHandled: @Sendable (String) -> Bool
    /// Applies one event.
    let handle: @Sendable (EventEnvelope, Store.Transaction) async throws -> Void
    /// Whether an error is of the infrastructure, so that the event is not to blame.
    let isTransient: @Sendable (any Error) -> Bool

    /// Applies a batch: all events in one transaction if that works, else the bad ones are found by themselves.
    ///
    /// - Parameters:
    ///   - events: Events of one partition, in order.
    ///   - strikes: How often the first of them has failed before.
    /// - Throws: An error of the infrastructure; what was committed until then stays, the rest comes again.
    func process(_ events: [EventEnvelope], strikes: Int) async throws -> Outcome {
        var start = 0
        var end = strikes > 0 ? 1 : events.count
        while true {
            switch try await self.attempt(events[start..<end]) {
            case .done(let outcome, let next):
                guard case .applied = outcome, next < events.count else { return outcome }
                start = next
                end = events.count
            case .failed(_, let error) where end - start == 1:
                let outcome = try await self.judge(events[start], error, strikes: start == 0 ? strikes : 0)
                guard case .applied = outcome, end < events.count else { return outcome }
                start = end
                end = events.count
            case .failed(let index?, _) where index > start:
                // The events before it are good: apply them first.
                end = index
            case .failed(.some, _):
                end = start + 1
            case .failed(nil, _):
                end = start + (end - start) / 2
            }
        }
    }

    private func attempt(_ events: ArraySlice<EventEnvelope>) async throws -> Attempt {
        guard let partition = events.first?.partition else { return .done(.applied(.start), next: events.endIndex) }
        var suspect = Suspect.infrastructure
        do {
            let (outcome, applied, next) = try await self.store.withCursor(partition) { cursor, transaction in
                try await self.apply(events, &cursor, &suspect, transaction)
            }
            self.metrics.applied(applied)
            return .done(outcome, next: next)
        } catch {
            if error is CancellationError || self.isTransient(error) { throw error }
            switch suspect {
            case .infrastructure: throw error
            case .event(let index): return .failed(index, error)
            case .anyOfThem: return .failed(nil, error)
            }
        }
    }

    /// Applies events in order. `suspect` tells who is under work whenever an error leaves this function.
    private func apply(
        _ events: ArraySlice<EventEnvelope>, _ cursor: inout InboxCursor, _ suspect: inout Suspect,
        _ transaction: Store.Transaction
    ) async throws -> (Outcome, [EventEnvelope], next: Int) {
        suspect = .infrastructure
        var applied: [EventEnvelope] = []
        let partition = events[events.startIndex].partition
        let blocked = cursor.parked > 0 ? try await self.store.parkedSubjects(partition, in: transaction) : []
        var next = events.endIndex
        for index in events.indices {
            let event = events[index]
            switch cursor.admits(event) {
            case .skip: continue
            case .gap: return (.gap(after: cursor.position), applied, next: index)
            case .apply: break
            }
            if blocked.contains(event.subject) {
                let reason = "waits for an earlier event of its subject"
                try await self.store.park(event, reason: reason, retryAfter: .zero, in: transaction)
                cursor.parked += 1
            } else if self.isHandled(event.type) {
                suspect = .event(index)
                try await self.handle(event, transaction)
                suspect = .infrastructure
                applied.append(event)
            }
            cursor.position = event.position
            if applied.count == self.handledPerTransaction {
                next = index + 1
                break
            }
        }
        // A statement that rides with the commit may still fail.
        if !applied.isEmpty { suspect = .anyOfThem }
        return (.applied(cursor.position), applied, next: next)
    }

    /// Decides about an event that failed alone: try again after a pause, or park it.
    private func judge(_ event: EventEnvelope, _ error: any Error, strikes: Int) async throws -> Outcome {
        if strikes < self.policy.delays.count {
            self.logger.info("Event failed and is tried again", metadata: self.metadata(event, error))
            return .failing(at: event.position, retryAfter: self.policy.delays[strikes])
        }
        let reason = String(reflecting: error)
        let retryAfter = self.policy.delay(afterParkedAttempts: 0)
        let outcome = try await self.store.withCursor(event.partition) { cursor, transaction -> Outcome in
            switch cursor.admits(event) {
            case .skip: return .applied(cursor.position)
            case .gap: return .gap(after: cursor.position)
            case .apply: break
            }
            try await self.store.park(event, reason: reason, retryAfter: retryAfter, in: transaction)
            cursor.parked += 1
            cursor.position = event.position
            return .applied(event.position)
        }
        self.metrics.parked()
        self.logger.error("Event parked", metadata: self.metadata(event, error))
        return outcome
    }

    /// Tries the parked events whose time has come, each aggregate in order.
    func retryParked(in partitions: [LogPartition]) async throws {
        // Each round frees the next event of an aggregate; what is left waits for the next call.
        for _ in 0..<100 {
            let due = try await self.store.dueEvents(in: partitions, limit: 20)
            var progress = false
            for parked in due where try await self.retry(parked) { progress = true }
            guard progress else { return }
        }
    }

    private func retry(_ parked: ParkedEvent) async throws -> Bool {
        let event = parked.event
        do {
            try await self.store.withCursor(event.partition) { cursor, transaction in
                guard try await self.store.isParked(event, in: transaction) else { return }
                if self.isHandled(event.type) { try await self.handle(event, transaction) }
                try await self.store.unpark(event, in: transaction)
                cursor.parked -= 1
            }
        } catch {
            if error is CancellationError || self.isTransient(error) { throw error }
            let delay = self.policy.delay(afterParkedAttempts: parked.attempts + 1)
            let reason = String(reflecting: error)
            try await self.store.withCursor(event.partition) { _, transaction in
                try await self.store.postpone(event, reason: reason, retryAfter: delay, in: transaction)
            }
            self.logger.error("Parked event failed again", metadata: self.metadata(event, error))
            return false
        }
        self.metrics.redriven()
        self.logger.notice("Parked event applied", metadata: self.metadata(event, nil))
        return true
    }

    private func metadata(_ event: EventEnvelope, _ error: (any Error)?) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.topic: "\(event.partition.topic)", LogKey.partition: "\(event.partition.index)",
            LogKey.position: "\(event.position)", LogKey.eventID: "\(event.id)", LogKey.eventType: "\(event.type)",
            LogKey.subject: "\(event.subject)",
        ]
        if let error { metadata[LogKey.error] = "\(String(reflecting: error))" }
        return metadata
    }
}
