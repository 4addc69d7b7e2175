/// Divides a group's partitions among its live members: each decides for itself, by the same rule.
///
/// Members in order get equal shares, the first ones one more where it does not come out even. Who holds too much gives
/// back; who holds too little takes what is free. What is taken twice at once is decided by the database, and the loser looks
/// again. So the division settles, and moves only as much as it must.
struct LeasePlanner: Sendable {
    /// Who holds a partition.
    struct Holding: Hashable, Sendable {
        let partition: LogPartition
        /// The holder whose lease is valid; nil when the partition is free.
        let holder: String?
    }

    /// What a member should do now.
    struct Plan: Hashable, Sendable {
        var take: [LogPartition] = []
        var give: [LogPartition] = []
    }

    let me: String

    /// - Parameters:
    ///   - members: The live members; the planner's own name counts even if it is missing.
    ///   - holdings: All partitions of the group.
    func plan(members: Set<String>, holdings: [Holding]) -> Plan {
        let ranked = members.union([self.me]).sorted()
        let rank = ranked.firstIndex(of: self.me) ?? 0
        let share = holdings.count / ranked.count + (rank < holdings.count % ranked.count ? 1 : 0)
        let mine = holdings.filter { $0.holder == self.me }.map(\.partition).sorted()
        guard mine.count <= share else { return Plan(give: Array(mine.suffix(mine.count - share))) }
        let free = holdings.filter { $0.holder == nil }.map(\.partition).sorted()
        guard !free.isEmpty, mine.count < share else { return Plan() }
        // Members begin at different places, so that they seldom reach for the same partition.
        let start = free.count * rank / ranked.count
        return Plan(take: Array((free[start...] + free[..<start]).prefix(share - mine.count)))
    }
}
