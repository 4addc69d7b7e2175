/// What a member learns from its heartbeat.
struct GroupState: Sendable {
    /// The live members.
    var members: Set<String>
    /// Who holds what.
    var holdings: [LeasePlanner.Holding]
    /// How many events are parked.
    var parked: Int
    /// How many of them only an operator can bring back.
    var dead: Int
}
