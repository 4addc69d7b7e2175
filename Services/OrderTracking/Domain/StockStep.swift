/// What the order has asked of catalog, and what it was answered.
public enum StockStep: String, Hashable, Sendable, CaseIterable {
    case notAsked = "not_asked"
    case reserving
    case reserved
    case rejected
    case releasing
    case released
    case committing
    case committed
}
