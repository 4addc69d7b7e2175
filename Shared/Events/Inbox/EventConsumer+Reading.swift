internal import Logging
internal import Resilience
internal import Synchronization

// Reading and applying.

extension EventConsumer {
    func consume() async {
        let patience = Backoff(base: .milliseconds(50), maximum: .seconds(1))
        var failures = BackoffCore(patience)
        while !Task.isCancelled {
            do {
                let now = ContinuousClock.now
                let (cursors, resumption) = self.table.withLock { ($0.cursors(at: now), $0.nextResumption(after: now)) }
                let wait = min(self.configuration.readWait, resumption ?? self.configuration.readWait)
                guard !cursors.isEmpty else {
                    await self.changed.wait(atMost: wait)
                    continue
                }
                let batches = try await self.log.read(cursors, limit: self.configuration.batchSize, wait: wait)
                try await self.apply(self.ripe(batches))
                failures = BackoffCore(patience)
            } catch {
                if Task.isCancelled { return }
                self.report(error)
                await self.changed.wait(atMost: failures.next(random: .random(in: 0..<1)))
            }
        }
    }

    /// What is to be applied now.
    ///
    /// A commit that only moves a cursor costs as much as one that does something, and most events are meant for others. So a
    /// batch without anything to handle waits for the next one of its partition, for half a second at most.
    private func ripe(_ batches: [LogBatch]) -> [LogBatch] {
        let now = ContinuousClock.now
        return self.table.withLock { table in
            var ripe: [LogBatch] = []
            for batch in batches {
                let isFull = table.heldBack(batch.partition) + batch.events.count >= self.configuration.batchSize
                if isFull || batch.events.contains(where: { self.engine.isHandled($0.type) }) {
                    ripe.append(table.release(before: batch))
                } else {
                    table.holdBack(batch, at: now)
                }
            }
            return ripe + table.releaseOverdue(at: now, after: .milliseconds(500))
        }
    }

    private func apply(_ batches: [LogBatch]) async throws {
        guard batches.count > 1 else {
            if let batch = batches.first { try await self.apply(batch) }
            return
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for batch in batches { group.addTask { try await self.apply(batch) } }
            // All partitions get their chance; the first failure is thrown when all are done.
            var failure: (any Error)?
            while let result = await group.nextResult() {
                if case .failure(let error) = result, failure == nil { failure = error }
            }
            if let failure { throw failure }
        }
    }

    private func apply(_ batch: LogBatch) async throws {
        let strikes = self.table.withLock { $0.strikes(batch.partition) }
        let outcome = try await withDeadline(.after(self.configuration.handlingTimeout)) {
            try await self.engine.process(batch.events, strikes: strikes)
        }
        switch outcome {
        case .applied(let position):
            self.table.withLock { $0.moved(batch.partition, to: position) }
        case .failing(let position, let pause):
            guard let event = batch.events.first(where: { $0.position == position }) else { return }
            let isFirst = event.position == batch.events.first?.position
            self.table.withLock {
                $0.failed(batch.partition, after: event.previous, isFirst: isFirst, until: .now.advanced(by: pause))
            }
        case .gap(let position):
            try await self.wait(forMissing: LogCursor(partition: batch.partition, position: position), batch.events)
        }
    }

    /// Events are missing: asks the producer for them, and reads on from the cursor a little later.
    private func wait(forMissing cursor: LogCursor, _ events: [EventEnvelope]) async throws {
        self.metrics.gap()
        self.logger.notice(
            "Events are missing in the log",
            metadata: [
                LogKey.group: "\(self.group)", LogKey.topic: "\(cursor.partition.topic)",
                LogKey.partition: "\(cursor.partition.index)", LogKey.expected: "\(cursor.position)",
                LogKey.position: "\(events.first?.position ?? .start)",
            ]
        )
        self.table.withLock {
            $0.moved(cursor.partition, to: cursor.position)
            $0.pause(cursor.partition, until: .now.advanced(by: .milliseconds(500)))
        }
        if cursor.position == .start, try await self.beginAtOrigin(cursor.partition, events) { return }
        try await self.log.requestResend(after: cursor)
    }

    /// A group that has never applied anything may begin with the oldest event that the producer still has.
    private func beginAtOrigin(_ partition: LogPartition, _ events: [EventEnvelope]) async throws -> Bool {
        guard let origin = try await self.log.positions(of: [partition])[0][LogGroup.origin],
            events.contains(where: { $0.previous == origin })
        else { return false }
        let position = try await self.store.withCursor(partition) { cursor, _ in
            if cursor.position == .start { cursor.position = origin }
            return cursor.position
        }
        self.table.withLock { $0.moved(partition, to: position) }
        return true
    }
}
