/// The cart as pages show it.
enum CartViews {
    static func lines(_ cart: Cart) -> [View] {
        cart.items.map { item in
            [
                "sku": item.sku, "name": item.name, "href": ProductViews.path(item.sku),
                "image": ProductArt(sku: item.sku, name: item.name).path, "quantity": String(item.quantity),
                "less": item.quantity > 1 ? String(item.quantity - 1) : nil, "more": String(item.quantity + 1),
                "unitPrice": MoneyText.text(item.unitPrice), "lineTotal": MoneyText.text(item.lineTotal),
                "isSeveral": item.quantity > 1,
            ]
        }
    }

    static func page(_ cart: Cart) -> View {
        [
            "lines": self.lines(cart), "isEmpty": cart.items.isEmpty && self.gone(cart).isEmpty, "total": MoneyText.text(cart.total),
            "gone": self.gone(cart).isEmpty ? nil : self.gone(cart), "canBeOrdered": cart.canBeOrdered,
            "pieces": cart.count == 1 ? "1 piece" : "\(cart.count) pieces",
            "arePricesOld": cart.prices == "last_known", "arePricesMissing": !(cart.unpriced ?? []).isEmpty,
        ]
    }

    /// What is in the cart and can no longer be bought.
    private static func gone(_ cart: Cart) -> [View] {
        (cart.unavailable ?? []).map { ["sku": $0] }
    }
}
