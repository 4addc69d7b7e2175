import Foundation
import SoukctlCommands

/// A shop in memory that keeps to the public contract, with troubles on demand: answers that get lost after the work is
/// done, tokens that expire, shelves that are bought empty.
actor StandInShop: ShopTransport {
    private struct Product {
        var name: String
        var price: Int64
        var available: Int64
        var version = 1
    }

    private struct Lost: Error {}

    /// Every so many requests do their work and lose their answer. 0: never.
    private let losesEvery: Int
    /// Whether a cart shows no change before it is read twice, token or not.
    private let readsAreStale: Bool
    private var shownCarts: [String: [String: Int64]] = [:]
    private var products: [String: Product] = [:]
    private var accounts: [String: String] = [:]
    private var tokens: [String: String] = [:]
    private var carts: [String: [String: Int64]] = [:]
    private var stored: [String: ShopAnswer] = [:]
    private var orderJSON: [String: [String: Any]] = [:]
    private var requests = 0
    private(set) var priceChanges = 0

    /// Orders by account, in the order of their placing.
    private(set) var placed: [(account: String, total: Int64)] = []

    init(losesEvery: Int = 0, readsAreStale: Bool = false) {
        self.losesEvery = losesEvery
        self.readsAreStale = readsAreStale
        self.accounts["staff@souk.example"] = "staff"
    }

    /// Forgets every token, as if all had expired.
    func expireTokens() { self.tokens = [:] }

    /// Somebody else buys everything.
    func sellOut() {
        for sku in self.products.keys { self.products[sku]?.available = 0 }
    }

    func send(_ request: ShopRequest) async throws -> ShopAnswer {
        self.requests += 1
        let answer = self.answer(request)
        if self.losesEvery > 0, self.requests % self.losesEvery == 0 { throw Lost() }
        return answer
    }

    private func answer(_ request: ShopRequest) -> ShopAnswer {
        let body = request.body.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] } ?? [:]
        let parts = request.path.split(separator: "/").map(String.init)
        switch (request.method, parts[1]) {
        case ("POST", "accounts"): return self.openAccount(body)
        case ("POST", "sessions"): return self.logIn(body)
        default: break
        }
        let token = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) } ?? ""
        guard let account = self.tokens[token] else { return ShopAnswer(status: 401) }
        let key = request.headers["Idempotency-Key"].map { "\(account) \(request.path) \($0)" }
        if let key, let answer = self.stored[key] { return answer }
        var answer = self.answer(request, parts: parts, body: body, account: account)
        if request.method != "GET", answer.isSuccess { answer.headers["souk-read-after"] = "\(self.requests)" }
        if let key, answer.isSuccess { self.stored[key] = answer }
        return answer
    }

    private func answer(_ request: ShopRequest, parts: [String], body: [String: Any], account: String) -> ShopAnswer {
        switch (request.method, parts[1], parts.count) {
        case ("GET", "products", 3): self.productPage(parts[2])
        case ("POST", "products", 2): self.makeProduct(body)
        case ("PUT", "products", 3): self.changeProduct(parts[2], body, match: request.headers["If-Match"])
        case ("POST", "products", 4): self.restock(parts[2], by: Self.number(body["delta"]))
        case ("POST", "payment-methods", _): Self.json(201, ["id": "pm_\(account)"])
        case ("GET", "cart", 2): self.shownCart(of: account)
        case ("DELETE", "cart", 2): self.emptyCart(of: account)
        case ("POST", "cart", 3): self.addToCart(of: account, body)
        case ("PUT", "cart", 4): self.setInCart(of: account, parts[3], Self.number(body["quantity"]))
        case ("POST", "orders", 2): self.placeOrder(of: account)
        case ("GET", "orders", 3): self.order(parts[2])
        default: ShopAnswer(status: 404)
        }
    }

    private func openAccount(_ body: [String: Any]) -> ShopAnswer {
        let email = body["email"] as? String ?? ""
        guard self.accounts[email] == nil else { return ShopAnswer(status: 409) }
        self.accounts[email] = body["password"] as? String
        return Self.json(201, ["id": "acc_\(email)"])
    }

    private func logIn(_ body: [String: Any]) -> ShopAnswer {
        let email = body["email"] as? String ?? ""
        guard let password = self.accounts[email], password == body["password"] as? String else { return ShopAnswer(status: 401) }
        let token = UUID().uuidString
        self.tokens[token] = email
        return Self.json(201, ["access_token": token, "refresh_token": UUID().uuidString, "expires_in": 900])
    }

    private func productPage(_ sku: String) -> ShopAnswer {
        guard let product = self.products[sku] else { return ShopAnswer(status: 404) }
        var answer = Self.json(
            200,
            ["sku": sku, "name": product.name, "price": Self.money(product.price), "available": product.available]
        )
        answer.headers["etag"] = "\"\(product.version)\""
        return answer
    }

    private func makeProduct(_ body: [String: Any]) -> ShopAnswer {
        let sku = body["sku"] as? String ?? ""
        guard self.products[sku] == nil else { return ShopAnswer(status: 409) }
        let stock = Self.number(body["stock"])
        self.products[sku] = Product(name: body["name"] as? String ?? "", price: Self.amount(body["price"]), available: stock)
        return Self.json(201, ["sku": sku])
    }

    private func changeProduct(_ sku: String, _ body: [String: Any], match: String?) -> ShopAnswer {
        guard var product = self.products[sku] else { return ShopAnswer(status: 404) }
        guard let match else { return ShopAnswer(status: 428) }
        guard match == "\"\(product.version)\"" else { return ShopAnswer(status: 412) }
        product.name = body["name"] as? String ?? ""
        product.price = Self.amount(body["price"])
        product.version += 1
        self.products[sku] = product
        self.priceChanges += 1
        return Self.json(200, [:])
    }

    private func restock(_ sku: String, by delta: Int64) -> ShopAnswer {
        self.products[sku]?.available += delta
        return Self.json(200, ["sku": sku, "available": self.products[sku]?.available ?? 0])
    }

    private func cart(of account: String) -> ShopAnswer {
        Self.json(200, ["items": self.items(self.carts[account] ?? [:])])
    }

    private func shownCart(of account: String) -> ShopAnswer {
        guard self.readsAreStale else { return self.cart(of: account) }
        defer { self.shownCarts[account] = self.carts[account] }
        return Self.json(200, ["items": self.items(self.shownCarts[account] ?? [:])])
    }

    private func emptyCart(of account: String) -> ShopAnswer {
        self.carts[account] = nil
        return ShopAnswer(status: 204)
    }

    private func addToCart(of account: String, _ body: [String: Any]) -> ShopAnswer {
        self.carts[account, default: [:]][body["sku"] as? String ?? "", default: 0] += Self.number(body["quantity"])
        return self.cart(of: account)
    }

    private func setInCart(of account: String, _ sku: String, _ quantity: Int64) -> ShopAnswer {
        self.carts[account, default: [:]][sku] = quantity == 0 ? nil : quantity
        return self.cart(of: account)
    }

    private func placeOrder(of account: String) -> ShopAnswer {
        guard let cart = self.carts.removeValue(forKey: account), !cart.isEmpty else { return ShopAnswer(status: 422) }
        let id = "ord_\(self.orderJSON.count + 1)"
        let total = cart.reduce(0) { $0 + $1.value * (self.products[$1.key]?.price ?? 0) }
        let isSoldOut = cart.contains { $0.value > self.products[$0.key]?.available ?? 0 }
        var order: [String: Any] = ["id": id, "status": "placed", "items": self.items(cart), "total": Self.money(total)]
        let answer = Self.json(201, order)
        if !isSoldOut { for (sku, quantity) in cart { self.products[sku]?.available -= quantity } }
        order["status"] = isSoldOut ? "cancelled" : "confirmed"
        order["cancel_reason"] = isSoldOut ? "out_of_stock" : nil
        self.orderJSON[id] = order
        self.placed.append((account, total))
        return answer
    }

    private func order(_ id: String) -> ShopAnswer {
        self.orderJSON[id].map { Self.json(200, $0) } ?? ShopAnswer(status: 404)
    }

    private func items(_ cart: [String: Int64]) -> [[String: Any]] {
        cart.map { ["sku": $0.key, "quantity": $0.value, "unit_price": Self.money(self.products[$0.key]?.price ?? 0)] }
    }

    private static func money(_ amount: Int64) -> [String: Any] { ["amount": amount, "currency": "GBP"] }

    private static func amount(_ money: Any?) -> Int64 { Self.number((money as? [String: Any])?["amount"]) }

    private static func number(_ value: Any?) -> Int64 { (value as? NSNumber)?.int64Value ?? 0 }

    private static func json(_ status: Int, _ object: [String: Any]) -> ShopAnswer {
        ShopAnswer(status: status, body: Array((try? JSONSerialization.data(withJSONObject: object)) ?? Data()))
    }
}
