import Auth
import CartDomain
import Commerce
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// The routes under `/v1/cart`.
struct CartController: Sendable {
    private struct AddRequest: Decodable {
        var sku: SKU
        var quantity: Quantity
    }

    private struct SetRequest: Decodable {
        var quantity: Int
    }

    let store: any CartStore
    let change: ChangeCart
    let show: ShowCart
    let idempotency: IdempotencyStore

    func addRoutes(to router: some RouterMethods<ShopRequestContext>) {
        router.get("/v1/cart", use: self.cart)
        router.delete("/v1/cart", use: self.clear)
        router.post("/v1/cart/items", use: self.add)
        router.put("/v1/cart/items/{sku}", use: self.set)
        router.delete("/v1/cart/items/{sku}", use: self.remove)
        router.post("/v1/cart/merge", use: self.merge)
    }

    @Sendable func cart(_ request: Request, context: ShopRequestContext) async throws -> Response {
        guard let owner = try self.owner(request, context) else { return try await self.answer(nil) }
        let cart = try await self.store.cart(of: owner)
        if cart == nil, case .guest = owner { throw Problem.notFound("cart") }
        return try Self.answer(cart, try await self.show.priced(cart?.lines ?? []))
    }

    @Sendable func add(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let body = try await request.jsonBody(context: context)
        let input = try body.decode(AddRequest.self)
        let version = try request.optionalIfMatch()
        let known = try self.owner(request, context)
        let key = try self.key(request, context, body, known)
        // Before anything else: what was done under this key is not done again, whatever has changed since.
        if let key, let answer = try await self.idempotency.stored(key) { return answer.response() }
        guard try await self.show.isSold(input.sku) else { throw Problem.invalid("#/sku", "is not sold here") }
        let line = CartLine(sku: input.sku, quantity: input.quantity)
        let owner = try await self.ownerForWriting(known)
        let newcomer = known == nil ? owner : nil
        guard let key else {
            return try await self.answer(try await self.change.add(line, to: owner, ifVersion: version), newcomer: newcomer)
        }
        return try await self.addOnce(line, to: owner, ifVersion: version, key: key, newcomer: newcomer).response()
    }

    @Sendable func set(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let sku = try context.sku()
        let input = try await request.decodeBody(SetRequest.self, context: context)
        let quantity = input.quantity == 0 ? nil : try? Quantity(input.quantity)
        guard quantity != nil || input.quantity == 0 else {
            throw Problem.invalid("#/quantity", "must be a whole number from 0 to 100000")
        }
        let version = try request.optionalIfMatch()
        let known = try self.owner(request, context)
        if quantity != nil, try await !self.show.isSold(sku) { throw Problem.notFound("product") }
        let owner = try await self.ownerForWriting(known)
        let cart = try await self.change.set(sku, to: quantity, of: owner, ifVersion: version)
        return try await self.answer(cart, newcomer: known == nil && cart != nil ? owner : nil)
    }

    @Sendable func remove(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let sku = try context.sku()
        guard let owner = try self.owner(request, context) else { return try await self.answer(nil) }
        return try await self.answer(try await self.change.set(sku, to: nil, of: owner, ifVersion: try request.optionalIfMatch()))
    }

    @Sendable func clear(_ request: Request, context: ShopRequestContext) async throws -> Response {
        if let owner = try self.owner(request, context) {
            try await self.change.clear(owner, ifVersion: try request.optionalIfMatch())
        }
        return Response(status: .noContent)
    }

    @Sendable func merge(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let account = try AccountID(context.requirePrincipal().accountID)
        guard let text = request.headers[.soukCart], let guest = GuestToken(text) else {
            throw Problem(.badRequest, type: "guest-cart-missing", detail: "Send the guest's cart in the header Souk-Cart.")
        }
        try await self.change.merge(guest, into: account)
        return try await self.answer(try await self.store.cart(of: .account(account)))
    }

    // MARK: Whose cart

    /// The account's cart with a token, else the guest's of `Souk-Cart`; `nil` for a newcomer.
    private func owner(_ request: Request, _ context: ShopRequestContext) throws -> CartOwner? {
        if let principal = context.principal { return .account(try AccountID(principal.accountID)) }
        guard let text = request.headers[.soukCart] else { return nil }
        guard let token = GuestToken(text) else { throw Problem.notFound("cart") }
        return .guest(token)
    }

    /// A newcomer, and a guest whose cart has expired, gets a cart under a new token: tokens are made here, never by clients.
    private func ownerForWriting(_ owner: CartOwner?) async throws -> CartOwner {
        guard let owner else { return .guest(.make()) }
        if case .guest = owner, try await self.store.cart(of: owner) == nil { throw Problem.notFound("cart") }
        return owner
    }

    /// The shortest key that stands for a newcomer: it is all that tells two of them apart, so it must not be guessed.
    private static let shortestNewcomerKey = 16

    private func key(
        _ request: Request, _ context: ShopRequestContext, _ body: JSONBody, _ owner: CartOwner?
    ) throws -> IdempotencyKey? {
        let name: String?
        switch owner {
        case .account: name = nil
        case .guest(let token): name = "guest " + token.hash.prefix(16).map { String($0, radix: 16) }.joined(separator: "-")
        case nil:
            let length = request.headers[.idempotencyKey]?.utf8.count ?? 0
            guard length == 0 || length >= Self.shortestNewcomerKey else { return nil }
            name = "newcomer " + context.clientAddress
        }
        return try IdempotencyKey(request: request, context: context, body: body.bytes, required: false, owner: name)
    }

    // MARK: Answers

    /// To a change that is done.
    private func answer(_ cart: Cart?, newcomer: CartOwner? = nil) async throws -> Response {
        try Self.answer(cart, try await self.show.pricedAfterChange(cart?.lines ?? []), newcomer: newcomer)
    }

    private static func answer(_ cart: Cart?, _ priced: PricedCart, newcomer: CartOwner? = nil) throws -> Response {
        let version = cart?.version ?? 0
        return try .json(CartJSON(priced, version: version), headers: Self.headers(version: version, newcomer))
    }

    /// Adds under an Idempotency-Key: the answer is stored with the change, so its prices are read before the transaction.
    private func addOnce(
        _ line: CartLine, to owner: CartOwner, ifVersion version: Int64?, key: IdempotencyKey, newcomer: CartOwner?
    ) async throws -> StoredResponse {
        var skus = Set(newcomer == nil ? try await self.store.cart(of: owner)?.lines.map(\.sku) ?? [] : [])
        skus.insert(line.sku)
        for _ in 0..<3 {
            let known = try await self.show.book.products(Array(skus))
            do {
                return try await self.idempotency.run(key) { transaction in
                    let cart = try await self.change.add(line, to: owner, ifVersion: version, in: transaction)
                    let missing = Set(cart.lines.map(\.sku)).subtracting(skus)
                    guard missing.isEmpty else { throw LinesMoved(skus: missing) }
                    let json = CartJSON(try self.show.priced(cart.lines, with: known), version: cart.version)
                    return try StoredResponse(json, status: .ok, headers: Self.headers(version: cart.version, newcomer))
                }
            } catch let moved as LinesMoved {
                skus.formUnion(moved.skus)
            }
        }
        throw Problem.unavailable("The cart is being changed by many at once.")
    }

    private static func headers(version: Int64, _ newcomer: CartOwner?) -> HTTPFields {
        var headers: HTTPFields = [.eTag: ETag(version: version).text, .contentType: "application/json", .cacheControl: "no-store"]
        if case .guest(let token) = newcomer { headers[.soukCart] = token.text }
        return headers
    }
}

/// Another request put products into the cart whose prices were not read beforehand.
private struct LinesMoved: Error {
    var skus: Set<SKU>
}

extension ShopRequestContext {
    /// The product that the path names.
    ///
    /// - Throws: `Problem` 404 for what cannot be a SKU.
    fileprivate func sku() throws -> SKU {
        guard let sku = try? SKU(try self.pathParameter("sku")) else { throw Problem.notFound("product") }
        return sku
    }
}
