internal import Logging

/// A relay's work, step by step: lease, number, publish, look after the log.
///
/// One task drives it. A crash between any two awaits loses nothing: what has a number keeps it, and the log's end tells what
/// was published.
struct RelayEngine<Store: OutboxStore> {
    /// The most events read or appended at once, for each partition.
    static var chunk: Int { 500 }

    let topic: String
    let source: String
    /// Names this relay in its leases; new for each run, so that it also serves as the fence.
    let owner: String
    /// How long a lease holds without renewal.
    let leaseDuration: Duration
    let store: Store
    let log: any EventLog
    let metrics: RelayMetrics
    let logger: Logger
    /// The partitions held.
    private(set) var publishers: [Int: PartitionPublisher] = [:]
    /// Where the next look may begin: all that was there then, in the partitions held, has its number.
    private var mark: String?
    /// What the groups were last known to have, and what of it is saved.
    var positions: [Int: [String: LogPosition]] = [:]

    init(
        topic: String, source: String, owner: String, leaseDuration: Duration, store: Store, log: any EventLog,
        metrics: RelayMetrics, logger: Logger
    ) {
        self.leaseDuration = leaseDuration
        self.topic = topic
        self.source = source
        self.owner = owner
        self.store = store
        self.log = log
        self.metrics = metrics
        self.logger = logger
    }

    func name(_ partition: Int) -> LogPartition { LogPartition(topic: self.topic, index: partition) }

    /// Renews the leases and takes free partitions.
    mutating func renewLeases() async throws {
        let leases = try await self.store.lease(owner: self.owner, for: self.leaseDuration)
        var held: [Int: PartitionPublisher] = [:]
        for lease in leases {
            var publisher = self.publishers[lease.partition] ?? PartitionPublisher(head: lease.head, bases: lease.bases)
            publisher.renewed(head: lease.head, bases: lease.bases)
            held[lease.partition] = publisher
        }
        if Set(held.keys) != Set(self.publishers.keys) {
            self.logger.info(
                "Relay's partitions changed",
                metadata: [LogKey.topic: "\(self.topic)", LogKey.partition: "\(held.keys.sorted())"]
            )
        }
        self.publishers = held
        // A partition may be new here, or have been elsewhere for a moment: the next look is a whole one.
        self.mark = nil
        self.metrics.owned(held.count)
    }

    /// Gives the leases back.
    mutating func release() async throws {
        self.publishers = [:]
        try await self.store.release(owner: self.owner)
    }

    /// Gives numbers to new events and publishes all that is not in the log yet.
    ///
    /// - Returns: How many events were numbered or published.
    mutating func relay() async throws -> Int {
        guard !self.publishers.isEmpty else { return 0 }
        // First of all: a log that is ahead shows that the database lost commits, and no number may be given twice.
        try await self.findTails()
        let look = try await self.store.tick(owner: self.owner, after: self.mark, limit: Self.chunk)
        if let mark = look.mark { self.mark = mark }
        var fresh: [Int: [OutboxRecord]] = [:]
        var numbered = 0
        if look.ticks.contains(where: { $0.epoch != self.publishers[$0.partition]?.numbering.current }) {
            // The database's history changed under us: take its numbers anew, and ask the log where it ends.
            try await self.renewLeases()
            self.forgetTails()
        }
        for tick in look.ticks {
            self.publishers[tick.partition]?.numbered(upTo: tick.head)
            fresh[tick.partition] = tick.records
            numbered += tick.records.count
        }
        return try await max(numbered, self.publish(fresh: fresh))
    }

    /// Publishes all that has a number and is not in the log.
    ///
    /// - Parameter fresh: Events at hand, by partition, so that they need not be read again.
    private mutating func publish(fresh: [Int: [OutboxRecord]]) async throws -> Int {
        var fresh = fresh
        var published = 0
        while true {
            try await self.findTails()
            let requests = try await self.requests(&fresh)
            guard !requests.isEmpty else { return published }
            let outcomes: [AppendOutcome]
            do {
                outcomes = try await self.log.append(requests)
            } catch {
                for request in requests { self.publishers[request.partition.index]?.forgetTail() }
                throw error
            }
            for (request, outcome) in zip(requests, outcomes) {
                let last = request.events.last?.position ?? request.after
                self.publishers[request.partition.index]?.answered(outcome, to: last)
                if case .appended = outcome { published += request.events.count }
            }
            self.metrics.published(published: requests, outcomes)
        }
    }

    private mutating func requests(_ fresh: inout [Int: [OutboxRecord]]) async throws -> [AppendRequest] {
        var requests: [AppendRequest] = []
        for (index, publisher) in self.publishers.sorted(by: { $0.key < $1.key }) {
            guard case .send(let after, let from) = publisher.step else { continue }
            var records = fresh.removeValue(forKey: index) ?? []
            if records.first?.sequence != from {
                records = try await self.store.read(partition: index, from: from, limit: Self.chunk)
            }
            guard records.first?.sequence == from else {
                self.publishers[index]?.lostHistory()
                continue
            }
            let partition = self.name(index)
            let events = records.map {
                $0.envelope(source: self.source, partition: partition, numbering: publisher.numbering)
            }
            requests.append(AppendRequest(partition: partition, after: after, events: events))
        }
        return requests
    }

    /// The outcome of what was under way is unknown: asks the log before the next append.
    mutating func forgetTails() {
        for index in self.publishers.keys { self.publishers[index]?.forgetTail() }
    }

    /// Changes what is known of a partition.
    mutating func update(_ partition: Int, _ change: (inout PartitionPublisher) -> Void) {
        guard var publisher = self.publishers[partition] else { return }
        change(&publisher)
        self.publishers[partition] = publisher
    }
}
