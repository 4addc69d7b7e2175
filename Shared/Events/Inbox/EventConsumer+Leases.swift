internal import Logging
internal import Synchronization

// Membership, leases, and what is done once a second.

extension EventConsumer {
    func keepLeases() async {
        var reports = PeriodicTimer(every: .seconds(30), firstAt: .now.advanced(by: .seconds(30)))
        while !Task.isCancelled {
            do {
                try await self.renewLeases()
                if reports.isDue(at: .now) { self.table.withLock { $0.forgetReports() } }
                let cursors = self.table.withLock { $0.takeReports() }
                if !cursors.isEmpty { try await self.log.report(cursors, of: self.group) }
                try await self.engine.retryParked(in: Array(self.table.withLock { $0.partitions }))
            } catch {
                if Task.isCancelled { return }
                self.table.withLock { $0.forgetReports() }
                self.report(error)
            }
            // A cancelled sleep ends the loop.
            try? await Task.sleep(for: self.configuration.heartbeatInterval)
        }
    }

    private func renewLeases() async throws {
        let (members, holdings) = try await self.store.heartbeat(
            member: self.member, for: self.configuration.memberTimeout
        )
        let wanted = Set(self.partitions)
        let mine = holdings.filter { wanted.contains($0.partition) }
        let plan = LeasePlanner(me: self.member).plan(members: members, holdings: mine)
        var held = Set(mine.filter { $0.holder == self.member }.map(\.partition)).subtracting(plan.give)
        self.drop(except: held)
        if !plan.give.isEmpty { try await self.store.give(plan.give, member: self.member) }
        if !plan.take.isEmpty { held.formUnion(try await self.store.take(plan.take, member: self.member)) }
        let new = held.subtracting(self.table.withLock { $0.partitions })
        guard !new.isEmpty else { return }
        let cursors = try await self.store.cursors(of: Array(new))
        self.table.withLock { table in
            for (partition, cursor) in cursors { table.add(partition, at: cursor.position) }
        }
        self.announce(held.count)
    }

    private func drop(except held: Set<LogPartition>) {
        let dropped = self.table.withLock { table in
            let gone = table.partitions.subtracting(held)
            for partition in gone { table.remove(partition) }
            return gone
        }
        if !dropped.isEmpty { self.announce(held.count) }
    }

    private func announce(_ count: Int) {
        self.metrics.owned(count)
        self.logger.info(
            "Consumer's partitions changed", metadata: [LogKey.group: "\(self.group)", LogKey.count: "\(count)"]
        )
        self.changed.wake()
    }
}
