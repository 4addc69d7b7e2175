/// A step of the provider's API that moves money or promises it.
public enum ProviderOperation: String, Sendable, Hashable, CaseIterable {
    case authorize, capture, void, refund
}
