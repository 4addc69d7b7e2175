internal import Logging
internal import Resilience
internal import Synchronization

// Membership, leases, and what is done once a second.

extension EventConsumer {
    func keepLeases() async {
        var reports = PeriodicTimer(every: .seconds(5), firstAt: .now.advanced(by: .seconds(5)))
        while !Task.isCancelled {
            do {
                let group = try await self.renewLeases()
                self.metrics.parkingPlace(parked: group.parked, dead: group.dead)
                if reports.isDue(at: .now) { self.table.withLock { $0.forgetReports() } }
                let cursors = self.table.withLock { $0.takeReports() }
                if !cursors.isEmpty { try await self.log.report(cursors, of: self.group) }
                if group.parked > group.dead { self.mayRetry.wake() }
            } catch {
                if Task.isCancelled { return }
                self.table.withLock { $0.forgetReports() }
                self.report(error)
            }
            // A cancelled sleep ends the loop.
            try? await Task.sleep(for: self.configuration.heartbeatInterval)
        }
    }

    private func renewLeases() async throws -> GroupState {
        let group = try await self.store.heartbeat(member: self.member, for: self.configuration.memberTimeout)
        let wanted = Set(self.partitions)
        let mine = group.holdings.filter { wanted.contains($0.partition) }
        let plan = LeasePlanner(me: self.member).plan(members: group.members, holdings: mine)
        var held = Set(mine.filter { $0.holder == self.member }.map(\.partition)).subtracting(plan.give)
        self.drop(except: held)
        if !plan.give.isEmpty { try await self.store.give(plan.give, member: self.member) }
        if !plan.take.isEmpty { held.formUnion(try await self.store.take(plan.take, member: self.member)) }
        let new = held.subtracting(self.table.withLock { $0.partitions })
        guard !new.isEmpty else { return group }
        let cursors = try await self.store.cursors(of: Array(new))
        self.table.withLock { table in
            for (partition, cursor) in cursors { table.add(partition, at: cursor.position) }
        }
        self.announce(held.count)
        return group
    }

    /// Tries parked events again: apart from the heartbeat, which slow ones must not hold up.
    func retryParked() async {
        while !Task.isCancelled {
            guard await self.mayRetry.wait(atMost: .seconds(60)) else { continue }
            do {
                try await withDeadline(.after(self.configuration.handlingTimeout)) {
                    try await self.engine.retryParked(in: Array(self.table.withLock { $0.partitions }))
                }
            } catch {
                self.report(error)
            }
        }
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
