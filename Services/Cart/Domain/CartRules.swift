public import Commerce

/// The bounds of a cart, and how two carts become one.
public enum CartRules {
    /// Different products in one cart.
    public static let maximumLines = 500

    /// The lines of an account's cart after a guest's was merged into it.
    ///
    /// Quantities of the same product add up to at most `Quantity.maximum`; the account's own lines come first, and what
    /// does not fit any more is left out rather than failing the log-in.
    public static func merged(_ account: [CartLine], with guest: [CartLine]) throws(CommerceError) -> [CartLine] {
        var lines = account
        var places: [SKU: Int] = [:]
        for (place, line) in account.enumerated() { places[line.sku] = place }
        for line in guest {
            if let place = places[line.sku] {
                let sum = min(lines[place].quantity.value + line.quantity.value, Quantity.maximum)
                lines[place].quantity = try Quantity(sum)
            } else if lines.count < Self.maximumLines {
                places[line.sku] = lines.count
                lines.append(line)
            }
        }
        return lines
    }
}
