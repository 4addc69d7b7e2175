/// How long a step may go unanswered, and when its commands are sent again.
public struct SagaTiming: Hashable, Sendable {
    /// How long catalog may take to answer before the order is cancelled.
    public var reserveDeadline: Duration
    /// How long payments may take to answer before the order is cancelled.
    public var authorizeDeadline: Duration
    /// After how long an unanswered command is sent again the first time; doubles each time.
    public var firstCheck: Duration
    /// The longest pause between sending again.
    public var longestCheck: Duration

    /// Deadlines long enough to outlive the restart of a service, short enough for a person who waits.
    public init(
        reserveDeadline: Duration = .seconds(60), authorizeDeadline: Duration = .seconds(120),
        firstCheck: Duration = .seconds(5), longestCheck: Duration = .seconds(60)
    ) {
        self.reserveDeadline = reserveDeadline
        self.authorizeDeadline = authorizeDeadline
        self.firstCheck = firstCheck
        self.longestCheck = longestCheck
    }

    /// How long the step that the order is in may take, or `nil` where it is repeated until it is answered.
    public func deadline(of status: OrderStatus) -> Duration? {
        switch status {
        case .reserving: self.reserveDeadline
        case .authorizing: self.authorizeDeadline
        default: nil
        }
    }

    /// The pause before the next look at an order's unanswered commands.
    ///
    /// - Parameter checks: How often they have been sent again already.
    public func pause(afterChecks checks: Int) -> Duration {
        var pause = self.firstCheck
        for _ in 0..<max(0, min(checks, 16)) where pause < self.longestCheck { pause = pause * 2 }
        return min(pause, self.longestCheck)
    }
}
