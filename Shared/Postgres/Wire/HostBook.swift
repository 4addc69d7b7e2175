/// What the connections of one client know about the hosts together. It belongs to the loop's thread.
final class HostBook {
    var plan: ConnectionPlan

    init(plan: ConnectionPlan) {
        self.plan = plan
    }
}
