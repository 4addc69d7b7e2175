import Commerce

/// A cart whose ordered lines were taken out.
struct CompletedCart: Sendable {
    var id: CartID
    /// Its version now.
    var version: Int64
}
