/// The three states of a circuit breaker.
public enum BreakerState: String, Sendable, Hashable, CaseIterable {
    /// Calls pass and their outcomes are counted.
    case closed
    /// Calls are refused.
    case open
    /// A few trial calls pass; they decide.
    case halfOpen = "half_open"
}
