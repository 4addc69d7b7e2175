/// The partitions that a consumer holds, and where it stands in each: what its reading task and its lease task share.
struct PartitionTable: Sendable {
    private struct Entry {
        /// Where the cursor's row stands.
        var position: LogPosition
        /// What was read behind it and is handled by nobody. See ``PartitionTable/holdBack(_:at:)``.
        var heldBack: [EventEnvelope] = []
        var heldSince: ContinuousClock.Instant?
        /// Not read before this moment.
        var pausedUntil: ContinuousClock.Instant?
        /// How often the event behind the position has failed.
        var strikes = 0
        /// Whether the position was reported to the log.
        var isReported = false
    }

    private var entries: [LogPartition: Entry] = [:]

    init() {}

    var partitions: Set<LogPartition> { Set(self.entries.keys) }
    var isEmpty: Bool { self.entries.isEmpty }

    mutating func add(_ partition: LogPartition, at position: LogPosition) {
        self.entries[partition] = Entry(position: position)
    }

    mutating func remove(_ partition: LogPartition) {
        self.entries[partition] = nil
    }

    /// Where to read on now; without the partitions that pause.
    func cursors(at now: ContinuousClock.Instant) -> [LogCursor] {
        self.entries.compactMap { partition, entry in
            if let until = entry.pausedUntil, until > now { return nil }
            return LogCursor(partition: partition, position: entry.heldBack.last?.position ?? entry.position)
        }
    }

    // MARK: - Events that need no handling

    /// Keeps events that nobody handles until one that is handled follows, so that the cursor moves over all of them in that
    /// one's transaction. A crash forgets them, and they are read again.
    mutating func holdBack(_ batch: LogBatch, at now: ContinuousClock.Instant) {
        guard var entry = self.entries[batch.partition] else { return }
        entry.heldBack += batch.events
        entry.heldSince = entry.heldSince ?? now
        self.entries[batch.partition] = entry
    }

    func heldBack(_ partition: LogPartition) -> Int { self.entries[partition]?.heldBack.count ?? 0 }

    /// A batch with everything that was held back before it. From now on the partition is read from its cursor's row again.
    mutating func release(before batch: LogBatch) -> LogBatch {
        LogBatch(partition: batch.partition, events: self.takeHeldBack(batch.partition) + batch.events)
    }

    /// What was held back for longer than a while: the producer must not wait for ever to forget it.
    mutating func releaseOverdue(at now: ContinuousClock.Instant, after patience: Duration) -> [LogBatch] {
        let overdue = self.entries.filter { _, entry in entry.heldSince.map { $0.duration(to: now) >= patience } ?? false }
        return overdue.keys.sorted().map { LogBatch(partition: $0, events: self.takeHeldBack($0)) }
    }

    private mutating func takeHeldBack(_ partition: LogPartition) -> [EventEnvelope] {
        guard var entry = self.entries[partition] else { return [] }
        let events = entry.heldBack
        entry.heldBack = []
        entry.heldSince = nil
        self.entries[partition] = entry
        return events
    }

    // MARK: - Where it stands

    /// When the next pause ends, if there is one.
    func nextResumption(after now: ContinuousClock.Instant) -> Duration? {
        self.entries.values.compactMap { $0.pausedUntil }.filter { $0 > now }.min().map { now.duration(to: $0) }
    }

    func strikes(_ partition: LogPartition) -> Int { self.entries[partition]?.strikes ?? 0 }

    mutating func moved(_ partition: LogPartition, to position: LogPosition) {
        guard var entry = self.entries[partition] else { return }
        if entry.position != position {
            entry.position = position
            entry.isReported = false
        }
        entry.strikes = 0
        entry.pausedUntil = nil
        self.entries[partition] = entry
    }

    /// The event at a position failed. All before it are applied.
    mutating func failed(_ partition: LogPartition, after position: LogPosition, isFirst: Bool, until: ContinuousClock.Instant) {
        guard var entry = self.entries[partition] else { return }
        entry.strikes = isFirst ? entry.strikes + 1 : 1
        if !isFirst {
            entry.position = position
            entry.isReported = false
        }
        entry.pausedUntil = until
        self.entries[partition] = entry
    }

    mutating func pause(_ partition: LogPartition, until: ContinuousClock.Instant) {
        self.entries[partition]?.pausedUntil = until
    }

    /// The positions that were not reported yet; they count as reported from now on.
    mutating func takeReports() -> [LogCursor] {
        var cursors: [LogCursor] = []
        for (partition, entry) in self.entries where !entry.isReported {
            cursors.append(LogCursor(partition: partition, position: entry.position))
            self.entries[partition]?.isReported = true
        }
        return cursors
    }

    /// Reports everything again: the log may have lost its notes.
    mutating func forgetReports() {
        for partition in self.entries.keys { self.entries[partition]?.isReported = false }
    }
}
