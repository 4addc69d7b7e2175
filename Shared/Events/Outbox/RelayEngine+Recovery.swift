internal import Logging

// Finding the way back when the log is not as it was.

extension RelayEngine {
    /// Makes sure that the end of the log is known in every partition.
    mutating func findTails() async throws {
        let unknown = self.publishers.filter { $0.value.step == .locate }.keys.sorted()
        if !unknown.isEmpty {
            let extents = try await self.log.extent(of: unknown.map(self.name))
            for (index, extent) in zip(unknown, extents) { self.update(index) { $0.located(extent.tail) } }
        }
        for index in self.publishers.keys.sorted() {
            switch self.publishers[index]?.step {
            case .rewind: try await self.rewind(index, to: nil)
            case .ahead: try await self.catchUp(index)
            default: break
            }
        }
    }

    /// Lets a partition of the log begin again, behind what every group has applied, or behind a position that one asked for.
    mutating func rewind(_ index: Int, to wanted: LogPosition?) async throws {
        guard let publisher = self.publishers[index] else { return }
        let partition = self.name(index)
        var lowest = try await self.lowestPosition(of: index)
        if let wanted { lowest = min(lowest ?? wanted, wanted) }
        let earliest = try await self.store.earliest(partition: index)
        var start = lowest ?? publisher.numbering.position(of: earliest)
        if start.sequence < earliest {
            // Older events are gone. Readers that never applied any may begin here.
            start = publisher.numbering.position(of: earliest)
            try await self.log.report([LogCursor(partition: partition, position: start)], of: LogGroup.origin)
        }
        try await self.log.restart(at: LogCursor(partition: partition, position: start))
        self.update(index) { $0.restarted(at: start) }
        guard publisher.head > start.sequence else { return }
        self.metrics.rewound()
        self.logger.notice(
            "Partition of the log starts again",
            metadata: [LogKey.topic: "\(self.topic)", LogKey.partition: "\(index)", LogKey.position: "\(start)"]
        )
    }

    /// The position that every known group has applied, by the log's own notes and by what was saved of them.
    func lowestPosition(of index: Int) async throws -> LogPosition? {
        let noted = try await self.log.positions(of: [self.name(index)])[0]
        let saved = try await self.store.positions()[index] ?? [:]
        return saved.merging(noted) { max($0, $1) }.filter { $0.key != LogGroup.origin }.values.min()
    }

    /// The log is ahead of the numbers we know. If the database knows no more either, it lost commits: number on in a new epoch.
    private mutating func catchUp(_ index: Int) async throws {
        try await self.renewLeases()
        guard self.publishers[index]?.step == .ahead else { return }
        try await self.store.startEpoch(partition: index, owner: self.owner)
        self.logger.error(
            "The log has events that the database lost: starting a new epoch",
            metadata: [LogKey.topic: "\(self.topic)", LogKey.partition: "\(index)"]
        )
        try await self.renewLeases()
    }
}
