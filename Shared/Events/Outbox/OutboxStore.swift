/// What a relay needs of the producer's database.
protocol OutboxStore: Sendable {
    /// Renews the owner's partitions and takes those that are free.
    ///
    /// - Returns: All partitions that the owner holds now.
    func lease(owner: String, for duration: Duration) async throws -> [OutboxLease]

    /// Gives all partitions of the owner back.
    func release(owner: String) async throws

    /// Gives numbers to the events that became visible, in the partitions of the owner.
    ///
    /// - Parameters:
    ///   - mark: What an earlier look answered, if the owner has taken no partition since: what was there then is passed over.
    ///     Nil looks at everything.
    ///   - limit: The most events returned; all get their numbers.
    func tick(owner: String, after mark: String?, limit: Int) async throws -> OutboxLook

    /// Reads events that have numbers.
    func read(partition: Int, from sequence: Int64, limit: Int) async throws -> [OutboxRecord]

    /// The number before the oldest event that can still be read.
    func earliest(partition: Int) async throws -> Int64

    /// Begins a new epoch in a partition of the owner.
    func startEpoch(partition: Int, owner: String) async throws

    /// How far the groups were when last saved, by partition.
    func positions() async throws -> [Int: [String: LogPosition]]

    /// Saves how far the groups are.
    func save(positions: [Int: [String: LogPosition]]) async throws

    /// Drops what is old and was read by every group.
    ///
    /// - Returns: False when a group that lags behind is in the way.
    func expire() async throws -> Bool
}

/// A partition that a relay holds.
struct OutboxLease: Sendable {
    let partition: Int
    /// The last number given.
    let head: Int64
    /// The number before each epoch's first.
    let bases: [Int64]
}

/// What a tick found.
struct OutboxLook: Sendable {
    let ticks: [OutboxTick]
    /// Where the next look may begin; nil when nothing new was there, so that the last mark still holds.
    let mark: String?
}

/// What a tick found in one partition.
struct OutboxTick: Sendable {
    let partition: Int
    /// The last number given.
    let head: Int64
    /// The epoch of the newest numbers.
    let epoch: Int64
    /// The first of the events that got numbers, in order; perhaps none.
    let records: [OutboxRecord]
}
