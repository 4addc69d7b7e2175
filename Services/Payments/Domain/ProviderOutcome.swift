/// What the provider definitely did or did not do. "Unknown" is no outcome: it is asked again until there is one.
public enum ProviderOutcome: Sendable, Hashable {
    /// It did what was asked.
    case done
    /// The card's bank said no, with the provider's code.
    case declined(code: String)
    /// The request was against the provider's rules, with its code.
    case refused(code: String)
}
