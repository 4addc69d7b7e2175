import Foundation
import HTTPTypes
import ServiceKit

@testable import StorefrontService

extension FakeServices.State {
    typealias Answer = APIAnswer

    static func json(_ object: [String: Any], status: Int = 200, headers: HTTPFields = [:]) -> Answer {
        let bytes = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        return Answer(status: status, headers: headers, body: Array(bytes))
    }

    static func problem(_ status: Int, _ type: String, _ detail: String = "No.", errors: [[String: String]] = []) -> Answer {
        self.json(["type": "/problems/\(type)", "title": type, "status": status, "detail": detail, "errors": errors], status: status)
    }

    static func money(_ amount: Int) -> [String: Any] { ["amount": amount, "currency": "GBP"] }

    func account(of request: APIRequest) -> String? {
        request.headers[.authorization].flatMap { self.access[String($0.dropFirst("Bearer ".count))] }
    }

    mutating func login(_ request: APIRequest, _ parts: [String], _ body: [String: Any]) -> Answer {
        let email = body["email"] as? String ?? ""
        switch (request.method, parts.last ?? "") {
        case (.post, "accounts"):
            if self.accounts[email] != nil { return Self.problem(409, "email-taken") }
            if !email.contains("@") {
                return Self.problem(422, "invalid", errors: [["pointer": "#/email", "detail": "must have one @"]])
            }
            self.accounts[email] = (body["password"] as? String ?? "", body["name"] as? String ?? "", false)
            return Self.json(["id": email, "email": email, "name": body["name"] ?? "", "scopes": ["shopper"]], status: 201)
        case (.post, "sessions"):
            guard let account = self.accounts[email], account.password == body["password"] as? String else {
                return Self.problem(401, "invalid-credentials")
            }
            return self.pair(for: email, refresh: "rt-\(self.number())")
        case (.post, "tokens"): return self.refreshed(body["refresh_token"] as? String ?? "", key: request.headers[.idempotencyKey])
        case (.delete, "current"): return Answer(status: 204)
        default:
            guard let email = self.account(of: request), let account = self.accounts[email] else {
                return Self.problem(401, "unauthorized")
            }
            return Self.json(["id": email, "email": email, "name": account.name, "scopes": ["shopper"]])
        }
    }

    /// As login does it: a second use under the same key is answered again, any other one ends the family.
    private mutating func refreshed(_ token: String, key: String?) -> Answer {
        guard let entry = self.refresh[token], !self.endedFamilies.contains(entry.email) else {
            return Self.problem(401, "invalid-refresh-token")
        }
        if let next = entry.next {
            if key != nil, key == entry.key { return self.pair(for: entry.email, refresh: next) }
            self.endedFamilies.insert(entry.email)
            return Self.problem(401, "invalid-refresh-token")
        }
        let next = "rt-\(self.number())"
        self.refresh[token] = (entry.email, key, next)
        return self.pair(for: entry.email, refresh: next)
    }

    private mutating func pair(for email: String, refresh: String) -> Answer {
        let access = "at-\(self.number())"
        self.access[access] = email
        if self.refresh[refresh] == nil { self.refresh[refresh] = (email, nil, nil) }
        let account = self.accounts[email]
        return Self.json(
            [
                "access_token": access, "token_type": "Bearer", "expires_in": self.accessLifetime, "refresh_token": refresh,
                "account": [
                    "id": email, "email": email, "name": account?.name ?? "",
                    "scopes": account?.isStaff == true ? ["shopper", "staff"] : ["shopper"],
                ] as [String: Any],
            ], status: 201)
    }

    func catalog(_ request: APIRequest, _ parts: [String]) -> Answer {
        func shown(_ sku: String) -> [String: Any]? {
            self.products[sku].map {
                ["sku": sku, "name": $0.name, "description": $0.description, "price": Self.money($0.price), "available": $0.available]
            }
        }
        if parts.count == 3 {
            guard let product = shown(parts[2]) else { return Self.problem(404, "not-found") }
            return Self.json(product, headers: [.eTag: "\"1-1\""])
        }
        let query = Form(encoded: request.path.split(separator: "?").dropFirst().first.map(String.init) ?? "").text("query").lowercased()
        let skus = self.products.keys.sorted().filter { query.isEmpty || self.products[$0]?.name.lowercased().contains(query) == true }
        return Self.json(["items": skus.compactMap(shown), "next_cursor": NSNull()])
    }

    mutating func cart(_ request: APIRequest, _ parts: [String], _ body: [String: Any]) -> Answer {
        let guest = request.headers[.soukCart]
        var headers: HTTPFields = [:]
        if parts.last == "merge", let email = self.account(of: request), let guest {
            self.carts[email, default: [:]].merge(self.carts.removeValue(forKey: guest) ?? [:]) { $0 + $1 }
            return self.shownCart(email, headers)
        }
        var owner = self.account(of: request) ?? guest
        if request.headers[.authorization] != nil, self.account(of: request) == nil { return Self.problem(401, "unauthorized") }
        if owner == nil, request.method == .post {
            let token = String(format: "%064d", self.number())
            headers[.soukCart] = token
            owner = token
        }
        guard let owner else { return self.shownCart("", headers) }
        let quantity = body["quantity"] as? Int ?? 0
        if request.method == .post {
            let sku = body["sku"] as? String ?? ""
            guard self.products[sku] != nil else {
                return Self.problem(422, "invalid", errors: [["pointer": "#/sku", "detail": "is not sold here"]])
            }
            self.carts[owner, default: [:]][sku, default: 0] += quantity
        } else if request.method == .put, let sku = parts.last {
            self.carts[owner, default: [:]][sku] = quantity == 0 ? nil : quantity
        }
        headers[.soukReadAfter] = "cart.1.\(self.number()).x"
        return self.shownCart(owner, headers)
    }

    func shownCart(_ owner: String, _ headers: HTTPFields) -> Answer {
        let lines = (self.carts[owner] ?? [:]).sorted { $0.key < $1.key }
        let pieces = lines.reduce(0) { $0 + $1.value }
        let unpriced = lines.map(\.key).filter { self.unpriced.contains($0) }
        let known = lines.filter { !self.unpriced.contains($0.key) }
        let total = known.reduce(0) { $0 + (self.products[$1.key]?.price ?? 0) * $1.value }
        let items = known.map { sku, quantity -> [String: Any] in
            let price = self.products[sku]?.price ?? 0
            return [
                "sku": sku, "name": self.products[sku]?.name ?? sku, "quantity": quantity, "unit_price": Self.money(price),
                "line_total": Self.money(price * quantity),
            ]
        }
        return Self.json(
            [
                "items": items, "total": Self.money(total), "pieces": pieces, "unavailable": [String](), "unpriced": unpriced,
                "prices": unpriced.isEmpty ? self.prices : "incomplete", "version": 1,
            ],
            headers: headers)
    }

    func total(_ owner: String) -> Int {
        (self.carts[owner] ?? [:]).reduce(0) { $0 + (self.products[$1.key]?.price ?? 0) * $1.value }
    }

    mutating func payments(_ request: APIRequest, _ body: [String: Any]) -> Answer {
        guard let email = self.account(of: request) else { return Self.problem(401, "unauthorized") }
        if request.method == .get { return Self.json(["items": [String](), "next_cursor": NSNull()]) }
        let key = "\(email) \(request.headers[.idempotencyKey] ?? "")"
        let id = self.answersByKey[key] ?? "pm_\(self.number())"
        self.answersByKey[key] = id
        self.methods[id] = email
        return Self.json(["id": id, "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2_040], status: 201)
    }
}
