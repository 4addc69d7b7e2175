import Logging

@testable import Events

/// A producer with two relays, a log, and two groups of consumers, all of which fail at any step; one seed, one history.
/// Used by one task.
final class Simulation: @unchecked Sendable {
    /// One process that relays.
    private final class Relay {
        var engine: RelayEngine<SimulatedOutbox>
        var isBusy = false
        init(_ engine: RelayEngine<SimulatedOutbox>) { self.engine = engine }
    }

    /// One group of consumers.
    final class Group {
        let name: String
        let inbox: SimulatedInbox
        var strikes: [LogPosition: Int] = [:]
        init(_ name: String, _ faults: Faults) {
            self.name = name
            self.inbox = SimulatedInbox(faults: faults)
        }
    }

    private static let partitionCount = 3
    private static let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

    let faults: Faults
    let outbox: SimulatedOutbox
    let base = InMemoryEventLog(capacity: 40)
    let groups: [Group]
    private let log: SimulatedLog
    private var relays: [Relay] = []
    private var open: [SimulatedOutbox.Open] = []
    private var olderState: [LogPartition: [EventEnvelope]] = [:]
    private var nextOwner = 0
    private let partitions = (0..<partitionCount).map { LogPartition(topic: "t", index: $0) }
    /// Subjects whose events fail while this is set.
    var poisoned: Set<String> = []

    init(seed: UInt64) {
        self.faults = Faults(seed: seed)
        self.outbox = SimulatedOutbox(partitions: Self.partitionCount, faults: self.faults)
        self.log = SimulatedLog(base: self.base, faults: self.faults)
        self.groups = [Group("g0", self.faults), Group("g1", self.faults)]
        self.relays = [Relay(self.engine()), Relay(self.engine())]
    }

    private func engine() -> RelayEngine<SimulatedOutbox> {
        self.nextOwner += 1
        return RelayEngine(
            topic: "t", source: "s", owner: "relay-\(self.nextOwner)", leaseDuration: .seconds(5), store: self.outbox,
            log: self.log, metrics: RelayMetrics(topic: "t"), logger: Self.logger
        )
    }

    // MARK: What may happen

    func run(steps: Int, crashes: Int) async throws {
        self.faults.crashes = crashes
        self.faults.interruptions = 50
        self.faults.somebodyElse = { await self.something() }
        for _ in 0..<steps { await self.something() }
        self.faults.crashes = 0
        self.faults.interruptions = 0
        self.poisoned = []
        for transaction in self.open { self.outbox.end(transaction, commit: true) }
        self.open = []
        self.outbox.loseLeases()
        // All is well now: everything must come through.
        for _ in 0..<100 {
            for index in self.relays.indices { await self.relay(index, maintain: true) }
            for group in self.groups { await self.consume(group) }
        }
    }

    private func something() async {
        switch self.faults.pick(0...99) {
        case 0..<35: self.write()
        case 35..<55: await self.relay(self.faults.pick(0...1), maintain: false)
        case 55..<62: await self.relay(self.faults.pick(0...1), maintain: true)
        case 62..<90: await self.consume(self.groups[self.faults.pick(0...1)])
        case 90..<93: self.outbox.loseLeases()
        case 93: self.base.loseEverything()
        case 94: self.olderState = self.base.snapshot()
        case 95: self.base.restore(self.olderState)
        case 96: self.poisoned = ["a\(self.faults.pick(0...5))"]
        case 97: self.poisoned = []
        default: break
        }
    }

    private func write() {
        if !self.open.isEmpty, self.faults.chance(600) {
            let transaction = self.open.remove(at: self.faults.pick(0...(self.open.count - 1)))
            self.outbox.end(transaction, commit: self.faults.chance(800))
        } else {
            let aggregates = Set((0...self.faults.pick(0...2)).map { _ in "a\(self.faults.pick(0...5))" })
            if let transaction = self.outbox.begin(aggregates.sorted()) { self.open.append(transaction) }
        }
    }

    private func relay(_ index: Int, maintain: Bool) async {
        let relay = self.relays[index]
        guard !relay.isBusy else { return }
        relay.isBusy = true
        defer { relay.isBusy = false }
        do {
            // Between two renewals the relay goes by its mark.
            if maintain || relay.engine.publishers.isEmpty || self.faults.chance(300) {
                let before = relay.engine.publishers.count
                try await relay.engine.renewLeases()
                if relay.engine.publishers.count > before { try await relay.engine.recallPositions() }
            }
            _ = try await relay.engine.relay()
            if maintain { try await relay.engine.maintain() }
        } catch {
            // Half of the failures are the process's death, the others a call that failed.
            if self.faults.chance(500) { relay.engine = self.engine() } else { relay.engine.forgetTails() }
        }
    }

    private func consume(_ group: Group) async {
        let engine = ConsumerEngine(
            store: group.inbox, policy: PoisonPolicy(), metrics: ConsumerMetrics(group: group.name), logger: Self.logger,
            isHandled: { _ in true },
            handle: { event, transaction in
                try await self.faults.step()
                if self.poisoned.contains(event.subject) { throw SimulatedPoison() }
                transaction.applied.append(event)
            },
            isTransient: { $0 is SimulatedCrash }
        )
        // A consumer that died has lost nothing but its place in this function.
        try? await self.round(group, engine)
    }

    private func round(_ group: Group, _ engine: ConsumerEngine<SimulatedInbox>) async throws {
        let cursors = try await group.inbox.cursors(of: self.partitions)
        let positions = cursors.map { LogCursor(partition: $0.key, position: $0.value.position) }
        let ordered = positions.sorted { $0.partition < $1.partition }
        try await self.log.report(ordered, of: group.name)
        for batch in try await self.log.read(ordered, limit: self.faults.pick(1...10), wait: .zero) {
            guard let first = batch.events.first else { continue }
            let strikes = group.strikes[first.position] ?? 0
            switch try await engine.process(batch.events, strikes: strikes) {
            case .applied: break
            case .gap(let position):
                try await self.log.requestResend(after: LogCursor(partition: batch.partition, position: position))
            case .failing(let position, _): group.strikes[position, default: 0] += 1
            }
        }
        try await engine.retryParked(in: self.partitions)
    }
}
