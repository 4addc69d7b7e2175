/// What the staff does for the replay: products, stock and prices.
package struct StaffDesk: Sendable {
    /// How often a change is tried again because somebody else changed the product in between.
    private static let conflictBound = 20

    private let session: Session
    private let run: String

    /// - Parameters:
    ///   - session: Logged in as staff.
    ///   - run: Names this replay; part of every Idempotency-Key.
    package init(session: Session, run: String) {
        self.session = session
        self.run = run
    }

    /// Makes sure the product exists under its name and price, with stock that suffices for the whole file.
    package func prepare(_ product: PlannedProduct) async throws {
        let stock: Int64
        if let page = try await self.fetch(product.sku) {
            stock = page.product.available
            try await self.change(product.sku, name: product.name, price: product.price)
        } else {
            stock = try await self.create(product)
        }
        try await self.restock(product, available: stock)
    }

    /// Shows another price to the shoppers from now on.
    package func show(price: Int64, of sku: String) async throws {
        try await self.change(sku, name: nil, price: price)
    }

    private struct ProductPage {
        var product: ShopMessages.Product
        var etag: String?
    }

    private func fetch(_ sku: String) async throws -> ProductPage? {
        // A look past every cache between: what is read here decides a write.
        let request = ShopRequest("GET", Self.path(sku), headers: ["Cache-Control": "no-cache"])
        let answer = try await self.session.send(request)
        switch answer.status {
        case 200: return ProductPage(product: try answer.decode(of: request), etag: answer.headers["etag"])
        case 404: return nil
        default: throw SoukctlError(.unexpectedAnswer, answer.summary(of: request))
        }
    }

    private func create(_ product: PlannedProduct) async throws -> Int64 {
        let request = try ShopRequest(
            "POST",
            "/v1/products",
            json: ShopMessages.NewProduct(
                sku: product.sku,
                name: product.name,
                description: "",
                price: ShopMessages.Money(product.price),
                stock: product.stock
            ),
            headers: ["Idempotency-Key": "\(self.run)-product-\(product.sku)"]
        )
        let answer = try await self.session.send(request)
        switch answer.status {
        case 201: return product.stock
        // A try whose answer got lost has made it, or somebody else did.
        case 409: return try await self.fetch(product.sku)?.product.available ?? 0
        default: throw SoukctlError(.unexpectedAnswer, answer.summary(of: request))
        }
    }

    /// The answer to a restock is the truth; what a product page shows may be seconds old, so ask until it suffices.
    private func restock(_ product: PlannedProduct, available: Int64) async throws {
        var available = available
        for round in 1...Self.conflictBound where available < product.stock {
            let request = try ShopRequest(
                "POST",
                Self.path(product.sku) + "/stock",
                json: ShopMessages.StockChange(delta: product.stock - available),
                headers: ["Idempotency-Key": "\(self.run)-stock-\(product.sku)-\(round)"]
            )
            let answer = try await self.session.send(request)
            guard answer.isSuccess else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
            available = (try answer.decode(ShopMessages.Stock.self, of: request)).available
        }
    }

    private func change(_ sku: String, name: String?, price: Int64) async throws {
        for _ in 1...Self.conflictBound {
            guard let page = try await self.fetch(sku) else {
                throw SoukctlError(.unexpectedAnswer, "the product \(sku) has vanished")
            }
            let name = name ?? page.product.name
            guard page.product.price.amount != price || page.product.name != name else { return }
            let change = ShopMessages.ProductChange(
                name: name,
                description: page.product.description ?? "",
                price: ShopMessages.Money(price)
            )
            let request = try ShopRequest("PUT", Self.path(sku), json: change).adding("If-Match", page.etag)
            let answer = try await self.session.send(request)
            if answer.isSuccess { return try await self.readBack(sku, price: price, after: answer) }
            guard answer.status == 412 else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
        }
        throw SoukctlError(.patienceOver, "the product \(sku) changes faster than its price can be set")
    }

    /// The product's page must show the price that was set.
    private func readBack(_ sku: String, price: Int64, after write: ShopAnswer) async throws {
        let request = ShopRequest("GET", Self.path(sku))
        try await self.session.readBack(request, after: write) { answer in
            (try? answer.decode(ShopMessages.Product.self, of: request))?.price.amount == price
        }
    }

    private static func path(_ sku: String) -> String {
        // The alphabet of SKUs needs no escaping.
        "/v1/products/\(sku)"
    }
}
