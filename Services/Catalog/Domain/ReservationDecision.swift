/// What to do with a command, given where the reservation stands.
///
/// Commands come at least once and may come late. Each has one effect; one that comes again gets the same answer again.
public enum ReservationDecision: Hashable, Sendable {
    /// Look at the stock, and hold all lines or none.
    case hold
    /// The pieces leave the house.
    case commit
    /// The pieces become available again.
    case release
    /// Nothing was held: note that nothing may be held any more.
    case leaveTombstone
    /// It was done before, or is settled otherwise: say again how it stands.
    case answer(ReservationState)
    /// The command makes no sense here. The saga never sends it, so a person must look.
    case refuse

    /// Decides about a command.
    ///
    /// - Parameters:
    ///   - command: What is asked.
    ///   - state: Where the reservation stands; nil when the order was never heard of.
    public init(_ command: ReservationCommand, in state: ReservationState?) {
        self =
            switch (command, state) {
            case (.reserve, nil): .hold
            // A second reserve is a copy of the first, also when the order has moved on since.
            case (.reserve, .held?), (.reserve, .committed?): .answer(.held)
            case (.reserve, .released?), (.reserve, .rejected?): .answer(.rejected)
            case (.commit, .held?): .commit
            case (.commit, .committed?): .answer(.committed)
            case (.commit, nil), (.commit, .released?), (.commit, .rejected?): .refuse
            case (.release, nil): .leaveTombstone
            case (.release, .held?): .release
            case (.release, .released?), (.release, .rejected?): .answer(.released)
            case (.release, .committed?): .refuse
            }
    }
}
