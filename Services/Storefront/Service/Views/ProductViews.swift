import Commerce

/// Products as pages show them.
enum ProductViews {
    /// A product among others.
    static func card(_ product: Product) -> View {
        [
            "sku": product.sku, "name": product.name, "price": MoneyText.text(product.price), "href": self.path(product.sku),
            "image": self.image(product), "stock": self.stock(product.available), "isSoldOut": product.available <= 0,
            "isScarce": (1...5).contains(product.available),
        ]
    }

    /// A product alone.
    static func page(_ product: Product) -> View {
        let most = min(max(product.available, 0), 20)
        let choices: [View] = most > 0 ? (1...most).map { ["value": String($0), "isFirst": $0 == 1] } : []
        return self.card(product).merging([
            "details": product.description.isEmpty ? nil : product.description,
            "paragraphs": product.description.split(whereSeparator: \.isNewline).map { ["text": String($0)] as View },
            "choices": choices,
        ])
    }

    /// A product's page.
    static func path(_ sku: String) -> String { "/products/\(Form.encode(sku))" }

    /// A picture of this site, or the shop's own art: pages show no pictures of other sites.
    static func image(_ product: Product) -> String {
        if let own = product.imageURL, own.hasPrefix("/"), !own.hasPrefix("//") { return own }
        return ProductArt(sku: product.sku, name: product.name).path
    }

    /// What a shopper wants to know of the stock.
    static func stock(_ available: Int64) -> String {
        switch available {
        case ...0: "Sold out"
        case 1: "Last one"
        case 2...5: "Only \(available) left"
        default: "In stock"
        }
    }
}
