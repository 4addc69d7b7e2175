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
        let (gone, unpriced) = (cart.unavailable ?? [], cart.unpriced ?? [])
        return [
            "lines": self.lines(cart), "isEmpty": cart.items.isEmpty && gone.isEmpty && unpriced.isEmpty,
            "total": MoneyText.text(cart.total), "gone": self.rows(gone), "unpriced": self.rows(unpriced),
            "canBeOrdered": cart.canBeOrdered, "pieces": cart.pricedCount == 1 ? "1 piece" : "\(cart.pricedCount) pieces",
            "arePricesOld": cart.prices == "last_known", "arePricesMissing": !unpriced.isEmpty,
        ]
    }

    /// What is in the cart without a name and a price.
    private static func rows(_ skus: [String]) -> [View] {
        skus.map { ["sku": $0] as View }
    }
}
