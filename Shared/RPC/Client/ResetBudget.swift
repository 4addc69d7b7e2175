internal import NIOCore

/// How many streams we may reset on one connection.
///
/// Servers take many resets for an attack (CVE-2023-44487) and tear the connection down, with all innocent calls on it;
/// common limits are 100 to 200 in 30 seconds. Beyond the budget a call is abandoned instead: the server ends it at the
/// deadline it was told.
struct ResetBudget {
    private let limit: Int
    private let window: TimeAmount
    private var times: [NIODeadline] = []

    init(limit: Int = 80, window: TimeAmount = .seconds(30)) {
        self.limit = limit
        self.window = window
    }

    /// Asks for one reset.
    mutating func take(now: NIODeadline) -> Bool {
        self.times.removeAll { $0 + self.window <= now }
        guard self.times.count < self.limit else { return false }
        self.times.append(now)
        return true
    }
}
