internal import Logging

// What has to be looked at now and then.

extension RelayEngine {
    /// Looks whether the log is as it should be, serves requests to send again, and gives room: once a second or so.
    mutating func maintain() async throws {
        let indices = self.publishers.keys.sorted()
        guard !indices.isEmpty else { return }
        let partitions = indices.map(self.name)
        let extents = try await self.log.extent(of: partitions)
        for (index, extent) in zip(indices, extents) {
            // Also clears the mark of a partition that was full.
            self.update(index) { $0.located(extent.tail) }
        }
        let known = Dictionary(uniqueKeysWithValues: zip(indices, extents))
        let noted = try await self.log.positions(of: partitions)
        // From where each partition has to be sent again: where a consumer says so, or waits in vain.
        var missed: [Int: LogPosition] = [:]
        for request in try await self.log.takeResendRequests(of: self.topic) {
            guard let extent = known[request.partition.index], Self.lacks(eventsAfter: request.position, extent) else { continue }
            missed[request.partition.index] = request.position
        }
        for ((index, extent), groups) in zip(zip(indices, extents), noted) {
            guard let position = Self.missedPosition(groups, extent) else { continue }
            missed[index] = min(missed[index] ?? position, position)
        }
        for (index, position) in missed { try await self.rewind(index, to: position) }
        try await self.trim(indices, extents, noted)
    }

    /// The lowest position of a group whose next events are in front of what the log holds, so that it would wait in vain: a
    /// group that joined late, or whose note was lost when the log began again.
    static func missedPosition(_ groups: [String: LogPosition], _ extent: LogExtent) -> LogPosition? {
        // A group below the origin takes the origin for its beginning when the next event comes.
        let origin = groups[LogGroup.origin] ?? .start
        return groups.filter { $0.key != LogGroup.origin && $0.value >= origin }.values
            .filter { Self.lacks(eventsAfter: $0, extent) }.min()
    }

    private static func lacks(eventsAfter position: LogPosition, _ extent: LogExtent) -> Bool {
        guard position < extent.tail else { return false }
        guard let first = extent.first else { return true }
        return first > position && first.sequence > position.sequence + 1
    }

    private mutating func trim(
        _ indices: [Int], _ extents: [LogExtent], _ noted: [[String: LogPosition]]
    ) async throws {
        var changed: [Int: [String: LogPosition]] = [:]
        for ((index, extent), groups) in zip(zip(indices, extents), noted) {
            let readers = groups.filter { $0.key != LogGroup.origin }
            let fresh = readers.filter { self.positions[index]?[$0.key] != $0.value }
            if !fresh.isEmpty { changed[index] = fresh }
            self.positions[index, default: [:]].merge(fresh) { $1 }
            // A group that is only remembered counts as well: it may be down.
            guard let lowest = self.positions[index]?.values.min(), let first = extent.first, first < lowest else { continue }
            try await self.log.trim(below: LogCursor(partition: self.name(index), position: lowest))
        }
        if !changed.isEmpty { try await self.store.save(positions: changed) }
    }

    /// Learns the saved positions: once, when partitions were taken.
    mutating func recallPositions() async throws {
        self.positions = try await self.store.positions()
    }

    /// Drops old events that every group has applied.
    func expire() async throws {
        if try await !self.store.expire() {
            self.logger.warning(
                "Old events stay: a group of consumers has not applied them", metadata: [LogKey.topic: "\(self.topic)"]
            )
        }
    }
}
