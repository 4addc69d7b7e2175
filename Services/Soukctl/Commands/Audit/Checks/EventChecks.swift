/// What must be true of events on their way.
package enum EventChecks {
    /// The numbers of a partition have no gap and no overlap: batch follows batch, up to the partition's last number,
    /// and the outbox holds as many events as were numbered.
    package static func dense(_ events: EventRows) -> CheckResult {
        var findings: [String] = []
        let ticks = Dictionary(grouping: events.ticks, by: \.name)
        let partitions = Dictionary(events.partitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, batches) in ticks.sorted(by: { $0.key < $1.key }) {
            let sorted = batches.sorted { $0.base < $1.base }
            for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.base + earlier.count != later.base {
                findings.append("\(name): after \(earlier.base + earlier.count) comes \(later.base + 1)")
            }
            for batch in sorted {
                guard let found = batch.found, found != batch.count else { continue }
                findings.append("\(name): \(batch.count) events numbered from \(batch.base + 1), \(found) in the outbox")
            }
            let last = sorted.last.map { $0.base + $0.count } ?? 0
            if let partition = partitions[name], partition.last != last {
                findings.append("\(name): numbered up to \(partition.last), batches up to \(last)")
            }
            if partitions[name] == nil { findings.append("\(name): has batches, but no partition") }
        }
        for partition in events.partitions where partition.last > 0 && ticks[partition.name] == nil {
            findings.append("\(partition.name): numbered up to \(partition.last), no batches")
        }
        return CheckResult("Event sequences are dense", examined: events.ticks.count, findings: findings)
    }

    /// Along the numbers of its partition an aggregate only moves forward, and all its events are in one partition.
    package static func ordered(_ events: EventRows) -> CheckResult {
        let findings = events.misplaced.map { event in
            let what = "\(event.topic)/\(event.part): \(event.aggregate) version \(event.version)"
            return switch event.conflict {
            case .after(let version): "\(what) comes after version \(version)"
            case .alsoIn(let part): "\(what), and others in partition \(part)"
            }
        }
        return CheckResult("Events of an aggregate are in order", examined: Int(events.numbered), findings: findings)
    }

    /// Every consumer has applied everything, and nothing that was never said.
    package static func applied(_ events: EventRows) -> CheckResult {
        let partitions = Dictionary(events.partitions.map { ($0.name, $0.last) }, uniquingKeysWith: { first, _ in first })
        let findings = events.cursors.compactMap { cursor -> String? in
            let last = partitions[cursor.name] ?? 0
            if cursor.position > last { return "\(cursor.consumer) is at \(cursor.position) of \(cursor.name), which ends at \(last)" }
            if cursor.position < last { return "\(cursor.consumer) lags: \(cursor.position) of \(last) in \(cursor.name)" }
            return nil
        }
        return CheckResult("Every event is applied", examined: events.cursors.count, findings: findings)
    }

    /// No event waits for somebody to repair it.
    package static func nothingParked(_ events: EventRows) -> CheckResult {
        let findings = events.parked.map { "\($0.consumer): \($0.topic)/\($0.part) number \($0.position): \($0.reason)" }
        return CheckResult("No event is parked", examined: events.parked.count, findings: findings)
    }
}
