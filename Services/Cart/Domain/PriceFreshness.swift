/// How far the prices shown with a cart can be trusted.
public enum PriceFreshness: String, Hashable, Sendable {
    /// The catalog's, a few seconds old at most.
    case current
    /// Some are the last known ones: the catalog does not answer.
    case lastKnown = "last_known"
    /// Some are not known at all: the catalog does not answer, and the total lacks them.
    case incomplete
}
