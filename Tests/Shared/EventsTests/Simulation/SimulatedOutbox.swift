import Foundation

@testable import Events

/// A producer's database: what the SQL of the outbox promises, in a few lines. Used by one task at a time.
final class SimulatedOutbox: OutboxStore, @unchecked Sendable {
    struct Row {
        let id: Int64
        let aggregate: String
        let version: Int64
        let partition: Int
        /// How many transactions had been committed when this one was; nil before that.
        var commit: Int64?
    }

    struct Part {
        var rows: [Row] = []
        var bases: [Int64] = [0]
        var owner: String?
    }

    let faults: Faults
    private let partitioner: Partitioner
    private(set) var numbered: [Int: Part] = [:]
    private(set) var pending: [Row] = []
    private var saved: [Int: [String: LogPosition]] = [:]
    private var versions: [String: Int64] = [:]
    private var locked: Set<String> = []
    private var nextID: Int64 = 0
    private var commits: Int64 = 0

    init(partitions: Int, faults: Faults) {
        self.faults = faults
        self.partitioner = Partitioner(count: partitions)
        for index in 0..<partitions { self.numbered[index] = Part() }
    }

    // MARK: Writers

    /// A transaction that has written and not ended yet.
    struct Open {
        fileprivate let ids: Set<Int64>
        fileprivate let aggregates: [String]
    }

    /// Begins a transaction on aggregates that nobody else has locked.
    func begin(_ aggregates: [String]) -> Open? {
        guard aggregates.allSatisfy({ !self.locked.contains($0) }) else { return nil }
        var ids: Set<Int64> = []
        for aggregate in aggregates {
            self.locked.insert(aggregate)
            self.nextID += 1
            ids.insert(self.nextID)
            let version = (self.versions[aggregate] ?? 0) + 1
            let partition = self.partitioner.partition(of: aggregate)
            self.pending.append(Row(id: self.nextID, aggregate: aggregate, version: version, partition: partition))
        }
        return Open(ids: ids, aggregates: aggregates)
    }

    func end(_ open: Open, commit: Bool) {
        for aggregate in open.aggregates { self.locked.remove(aggregate) }
        if commit {
            self.commits += 1
            for index in self.pending.indices where open.ids.contains(self.pending[index].id) {
                self.pending[index].commit = self.commits
                self.versions[self.pending[index].aggregate] = self.pending[index].version
            }
        } else {
            self.pending.removeAll { open.ids.contains($0.id) }
        }
    }

    /// All committed events of an aggregate, by version.
    var committed: [String: Int64] { self.versions }

    // MARK: The relay's side

    func loseLeases() {
        for index in self.numbered.keys { self.numbered[index]?.owner = nil }
    }

    func lease(owner: String, for duration: Duration) async throws -> [OutboxLease] {
        try await self.faults.step()
        var leases: [OutboxLease] = []
        for (index, part) in self.numbered where part.owner == nil || part.owner == owner {
            self.numbered[index]?.owner = owner
            leases.append(OutboxLease(partition: index, head: Int64(part.rows.count), bases: part.bases))
        }
        try await self.faults.step()
        return leases
    }

    func release(owner: String) async throws {
        for (index, part) in self.numbered where part.owner == owner { self.numbered[index]?.owner = nil }
    }

    func tick(owner: String, after mark: String?, limit: Int) async throws -> OutboxLook {
        try await self.faults.step()
        let seen = mark.flatMap { Int64($0) } ?? 0
        var ticks: [OutboxTick] = []
        for (index, part) in self.numbered.sorted(by: { $0.key < $1.key }) where part.owner == owner {
            let isFresh = { (row: Row) in row.partition == index && row.commit.map { $0 > seen } ?? false }
            let fresh = self.pending.filter(isFresh).sorted { $0.id < $1.id }
            guard !fresh.isEmpty else { continue }
            self.numbered[index]?.rows += fresh
            self.pending.removeAll(where: isFresh)
            let head = Int64(part.rows.count + fresh.count)
            let records = self.records(index, from: Int64(part.rows.count) + 1, limit: min(limit, self.faults.pick(0...9)))
            ticks.append(OutboxTick(partition: index, head: head, epoch: Int64(part.bases.count), records: records))
        }
        let now = self.commits
        try await self.faults.step()
        return OutboxLook(ticks: ticks, mark: ticks.isEmpty && mark != nil ? nil : "\(now)")
    }

    func read(partition: Int, from sequence: Int64, limit: Int) async throws -> [OutboxRecord] {
        try await self.faults.step()
        return self.records(partition, from: sequence, limit: min(limit, self.faults.pick(1...9)))
    }

    private func records(_ partition: Int, from sequence: Int64, limit: Int) -> [OutboxRecord] {
        let rows = self.numbered[partition]?.rows ?? []
        return rows.enumerated().dropFirst(Int(sequence) - 1).prefix(limit).map { offset, row in
            OutboxRecord(
                sequence: Int64(offset) + 1, id: "\(row.id)", type: "changed", aggregateType: "thing",
                aggregateID: row.aggregate, aggregateVersion: row.version, traceparent: nil,
                time: Date(timeIntervalSince1970: 0), payload: []
            )
        }
    }

    func earliest(partition: Int) async throws -> Int64 { 0 }

    func startEpoch(partition: Int, owner: String) async throws {
        guard let part = self.numbered[partition], part.owner == owner else { return }
        self.numbered[partition]?.bases.append(Int64(part.rows.count))
    }

    func positions() async throws -> [Int: [String: LogPosition]] {
        try await self.faults.step()
        return self.saved
    }

    func save(positions: [Int: [String: LogPosition]]) async throws {
        try await self.faults.step()
        for (index, groups) in positions { self.saved[index, default: [:]].merge(groups) { $1 } }
    }

    func expire() async throws -> Bool { true }
}
