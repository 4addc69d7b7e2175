internal import Synchronization

/// A log in the process's memory: for tests, and the plainest statement of what a log promises.
public final class InMemoryEventLog: EventLog {
    private struct Partition {
        var tail = LogPosition.start
        var events: [EventEnvelope] = []
        var positions: [String: LogPosition] = [:]
    }

    private struct State {
        var partitions: [LogPartition: Partition] = [:]
        var requests: [String: [LogPartition: LogPosition]] = [:]
        var nudges: [String: Int] = [:]
        var seenNudges: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let changed = Broadcast()
    private let capacity: Int

    /// An empty log.
    ///
    /// - Parameter capacity: The most events that one partition holds. Defaults to 10,000.
    public init(capacity: Int = 10_000) {
        self.capacity = capacity
    }

    public func append(_ requests: [AppendRequest]) async throws -> [AppendOutcome] {
        let outcomes = self.state.withLock { state in
            requests.map { Self.append($0, to: &state.partitions[$0.partition, default: Partition()], self.capacity) }
        }
        self.changed.announce()
        return outcomes
    }

    private static func append(_ request: AppendRequest, to partition: inout Partition, _ capacity: Int) -> AppendOutcome {
        guard partition.tail == request.after else { return .tail(partition.tail) }
        guard partition.events.count < capacity else { return .full }
        guard let last = request.events.last else { return .appended(request.after) }
        partition.events += request.events
        partition.tail = last.position
        return .appended(last.position)
    }

    public func read(_ cursors: [LogCursor], limit: Int, wait: Duration) async throws -> [LogBatch] {
        try await self.changed.wait(atMost: wait) {
            let batches = self.state.withLock { state in
                cursors.compactMap { cursor -> LogBatch? in
                    let events = (state.partitions[cursor.partition]?.events ?? []).filter { $0.position > cursor.position }
                    return events.isEmpty ? nil : LogBatch(partition: cursor.partition, events: Array(events.prefix(limit)))
                }
            }
            return batches.isEmpty ? nil : batches
        } ?? []
    }

    public func extent(of partitions: [LogPartition]) async throws -> [LogExtent] {
        self.state.withLock { state in
            partitions.map { name in
                guard let partition = state.partitions[name] else { return .unknown }
                return LogExtent(
                    tail: partition.tail, first: partition.events.first?.position, count: partition.events.count
                )
            }
        }
    }

    public func restart(at cursor: LogCursor) async throws {
        self.state.withLock { state in
            state.partitions[cursor.partition, default: Partition()].events = []
            state.partitions[cursor.partition, default: Partition()].tail = cursor.position
        }
        self.changed.announce()
    }

    public func trim(below cursor: LogCursor) async throws {
        self.state.withLock { state in
            state.partitions[cursor.partition]?.events.removeAll { $0.position < cursor.position }
        }
    }

    public func report(_ cursors: [LogCursor], of group: String) async throws {
        self.state.withLock { state in
            for cursor in cursors {
                state.partitions[cursor.partition, default: Partition()].positions[group] = cursor.position
            }
        }
    }

    public func positions(of partitions: [LogPartition]) async throws -> [[String: LogPosition]] {
        self.state.withLock { state in partitions.map { state.partitions[$0]?.positions ?? [:] } }
    }

    public func forget(group: String, in partitions: [LogPartition]) async throws {
        self.state.withLock { state in
            for partition in partitions { state.partitions[partition]?.positions[group] = nil }
        }
    }

    public func requestResend(after cursor: LogCursor) async throws {
        self.state.withLock { $0.requests[cursor.partition.topic, default: [:]][cursor.partition] = cursor.position }
    }

    public func takeResendRequests(of topic: String) async throws -> [LogCursor] {
        self.state.withLock { state in
            let taken = state.requests.removeValue(forKey: topic) ?? [:]
            return taken.map { LogCursor(partition: $0.key, position: $0.value) }
        }
    }

    public func nudge(topic: String) async throws {
        self.state.withLock { $0.nudges[topic, default: 0] += 1 }
        self.changed.announce()
    }

    public func awaitNudge(of topic: String, atMost wait: Duration) async throws -> Bool {
        try await self.changed.wait(atMost: wait) {
            self.state.withLock { state -> Bool? in
                let count = state.nudges[topic] ?? 0
                guard count != state.seenNudges[topic] ?? 0 else { return nil }
                state.seenNudges[topic] = count
                return true
            }
        } ?? false
    }

    // MARK: - Faults, for tests

    /// Loses everything, as `FLUSHALL` does.
    package func loseEverything() {
        self.state.withLock { $0 = State() }
        self.changed.announce()
    }

    /// What the log holds now, to go back to later.
    package func snapshot() -> [LogPartition: [EventEnvelope]] {
        self.state.withLock { $0.partitions.mapValues(\.events) }
    }

    /// Goes back to an older state, as a failover to a replica that lags does. Reports and requests stay.
    package func restore(_ snapshot: [LogPartition: [EventEnvelope]]) {
        self.state.withLock { state in
            for name in state.partitions.keys {
                let events = snapshot[name] ?? []
                state.partitions[name]?.events = events
                state.partitions[name]?.tail = events.last?.position ?? .start
            }
        }
        self.changed.announce()
    }
}
