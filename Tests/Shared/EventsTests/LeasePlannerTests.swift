import Testing

@testable import Events

@Suite struct LeasePlannerTests {
    private static func partitions(_ count: Int) -> [LogPartition] {
        (0..<count).map { LogPartition(topic: "orders", index: $0) }
    }

    /// Lets members plan in turn, as the database would serve them, until nobody wants anything.
    private static func settle(_ holders: inout [LogPartition: String], members: Set<String>, count: Int) -> Int {
        for round in 1...20 {
            var isQuiet = true
            for member in members.sorted() {
                let holdings = Self.partitions(count).map { partition in
                    let holder = holders[partition].flatMap { members.contains($0) ? $0 : nil }
                    return LeasePlanner.Holding(partition: partition, holder: holder)
                }
                let plan = LeasePlanner(me: member).plan(members: members, holdings: holdings)
                for partition in plan.give { holders[partition] = nil }
                for partition in plan.take { holders[partition] = member }
                if plan != LeasePlanner.Plan() { isQuiet = false }
            }
            if isQuiet { return round }
        }
        return 21
    }

    @Test func oneMemberTakesEverything() {
        var holders: [LogPartition: String] = [:]
        #expect(Self.settle(&holders, members: ["a"], count: 8) <= 2)
        #expect(holders.count == 8)
    }

    @Test(arguments: [(8, 2), (8, 3), (16, 5), (3, 5), (1, 2)])
    func sharesDifferByAtMostOne(count: Int, members: Int) {
        var holders: [LogPartition: String] = [:]
        let names = Set((0..<members).map { "m\($0)" })
        #expect(Self.settle(&holders, members: names, count: count) <= 5)
        #expect(holders.count == count)
        let shares = names.map { name in holders.values.count { $0 == name } }
        #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
    }

    @Test func newMemberGetsItsShareAndOthersKeepTheRest() {
        var holders: [LogPartition: String] = [:]
        _ = Self.settle(&holders, members: ["a", "b"], count: 8)
        let before = holders
        _ = Self.settle(&holders, members: ["a", "b", "c"], count: 8)
        let moved = holders.count { before[$0.key] != $0.value }
        #expect(moved == 2)
    }

    @Test func partitionsOfADeadMemberAreDivided() {
        var holders: [LogPartition: String] = [:]
        _ = Self.settle(&holders, members: ["a", "b", "c"], count: 9)
        _ = Self.settle(&holders, members: ["a", "c"], count: 9)
        #expect(Set(holders.values) == ["a", "c"])
        #expect(holders.count == 9)
    }
}
