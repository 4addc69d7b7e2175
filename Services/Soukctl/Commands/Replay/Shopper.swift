/// One customer at the shop: fills a cart, pays, orders, waits.
package final class Shopper: Sendable {
    private let session: Session
    private let name: String
    private let country: String
    private let paymentMethod: String
    private let run: String
    private let patience: Duration

    private init(session: Session, name: String, country: String, paymentMethod: String, run: String, patience: Duration) {
        self.session = session
        self.name = name
        self.country = country
        self.paymentMethod = paymentMethod
        self.run = run
        self.patience = patience
    }

    /// Logs in and adds the test card that is always approved.
    ///
    /// - Parameters:
    ///   - account: What ``CustomerAccounts`` opened.
    ///   - run: Names this replay; part of every Idempotency-Key.
    ///   - patience: The bound for every wait.
    package static func enter(
        _ account: CustomerAccount,
        for sale: Sale,
        client: ShopClient,
        run: String,
        patience: Duration
    ) async throws -> Shopper {
        let session = Session(client: client, email: account.email, password: account.password)
        if let refusal = try await session.logIn() {
            let words = refusal.summary(of: ShopRequest("POST", "/v1/sessions"))
            throw SoukctlError(.unexpectedAnswer, "\(account.email) cannot log in: \(words)")
        }
        let card = ShopMessages.Card(number: "4242424242424242", expMonth: 12, expYear: 2040, cvc: "123")
        let request = try ShopRequest(
            "POST",
            "/v1/payment-methods",
            json: ShopMessages.NewPaymentMethod(card: card),
            headers: ["Idempotency-Key": "\(run)-\(sale.id)-card"]
        )
        let answer = try await session.send(request)
        guard answer.status == 201 else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
        let method: ShopMessages.PaymentMethod = try answer.decode(of: request)
        return Shopper(
            session: session,
            name: account.name,
            country: RetailCountry.code(sale.country),
            paymentMethod: method.id,
            run: run,
            patience: patience
        )
    }

    /// Puts the sale into the cart, line by line, and makes sure that the cart shows exactly that at the file's prices.
    package func fillCart(_ sale: Sale) async throws {
        try await self.emptyCart()
        var last: ShopAnswer?
        for (number, line) in sale.additions.enumerated() {
            let request = try ShopRequest(
                "POST",
                "/v1/cart/items",
                json: ShopMessages.CartItem(sku: line.sku, quantity: line.quantity),
                headers: ["Idempotency-Key": "\(self.run)-\(sale.id)-line-\(number + 1)"]
            )
            let answer = try await self.session.send(request)
            guard answer.isSuccess else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
            last = answer
        }
        if let last { try await self.readBackCart(after: last) }
        try await self.poll("the cart does not show what was put into it") {
            try await self.repairCart(sale)
        }
    }

    /// Places the order. The key is the same however often it is sent.
    ///
    /// - Returns: The acknowledged order and how long the shop took.
    package func place(_ sale: Sale) async throws -> (order: PlacedOrder, took: Duration) {
        let key = "\(self.run)-\(sale.id)"
        let address = ShopMessages.Address(
            name: self.name,
            line1: "1 Bazaar Lane",
            city: "Souk",
            postcode: "SK1 1AA",
            country: self.country
        )
        let body = ShopMessages.NewOrder(paymentMethod: self.paymentMethod, shippingAddress: address)
        let request = try ShopRequest("POST", "/v1/orders", json: body, headers: ["Idempotency-Key": key])
        let start = ContinuousClock.now
        let answer = try await self.session.send(request)
        guard answer.status == 201 else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
        let took = start.duration(to: .now)
        let order: ShopMessages.Order = try answer.decode(of: request)
        try await self.session.readBack(ShopRequest("GET", "/v1/orders/\(order.id)"), after: answer) { _ in true }
        return (PlacedOrder(order, key: key), took)
    }

    /// Waits for the order's final state, bounded by the patience.
    package func outcome(of order: PlacedOrder) async throws -> OrderOutcome {
        let request = ShopRequest("GET", "/v1/orders/\(order.id)")
        let start = ContinuousClock.now
        var last = "placed"
        do {
            return try await self.poll("the order \(order.id) is in no final state") {
                let answer = try await self.session.send(request)
                guard answer.status == 200 else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
                let shown: ShopMessages.Order = try answer.decode(of: request)
                last = shown.status
                return OrderOutcome(shown, seenAfter: start.duration(to: .now))
            }
        } catch let error as SoukctlError where error.code == .patienceOver {
            return OrderOutcome(ending: .unfinished(status: last), confirming: nil)
        }
    }

    /// Waits until the shop has taken what was ordered out of the cart.
    package func awaitEmptyCart() async throws {
        try await self.poll("the cart keeps what was ordered") {
            try await self.cart().isEmpty ? true : nil
        }
    }

    /// The cart must show what the last addition was answered with.
    private func readBackCart(after write: ShopAnswer) async throws {
        let request = ShopRequest("GET", "/v1/cart")
        let written: ShopMessages.Cart = try write.decode(of: request)
        try await self.session.readBack(request, after: write) { answer in
            let shown = try? answer.decode(ShopMessages.Cart.self, of: request)
            return shown?.quantities == written.quantities
        }
    }

    private func cart() async throws -> [SaleLine] {
        let request = ShopRequest("GET", "/v1/cart")
        let answer = try await self.session.send(request)
        guard answer.status == 200 else { throw SoukctlError(.unexpectedAnswer, answer.summary(of: request)) }
        let cart: ShopMessages.Cart = try answer.decode(of: request)
        let lines = cart.items.map { SaleLine(sku: $0.sku, quantity: $0.quantity, unitPrice: $0.unitPrice.amount) }
        return lines.sorted { $0.sku < $1.sku }
    }

    private func emptyCart() async throws {
        let request = ShopRequest("DELETE", "/v1/cart")
        let answer = try await self.session.send(request)
        guard answer.isSuccess || answer.status == 404 else {
            throw SoukctlError(.unexpectedAnswer, answer.summary(of: request))
        }
    }

    /// An addition whose answer got lost may have been counted twice; setting the quantity is harmless to repeat.
    private func repairCart(_ sale: Sale) async throws -> Bool? {
        let shown = try await self.cart()
        let wanted = sale.lines
        if shown == wanted { return true }
        let quantities = Dictionary(wanted.map { ($0.sku, $0.quantity) }, uniquingKeysWith: { first, _ in first })
        let inCart = Dictionary(shown.map { ($0.sku, $0.quantity) }, uniquingKeysWith: { first, _ in first })
        for sku in Set(quantities.keys).union(inCart.keys) where quantities[sku] != inCart[sku] {
            let quantity = ShopMessages.CartQuantity(quantity: quantities[sku] ?? 0)
            let request = try ShopRequest("PUT", "/v1/cart/items/\(sku)", json: quantity)
            let answer = try await self.session.send(request)
            guard answer.isSuccess || answer.status == 404 else {
                throw SoukctlError(.unexpectedAnswer, answer.summary(of: request))
            }
        }
        return nil
    }

    /// Asks again, first often, then every half second.
    @discardableResult
    private func poll<Value>(_ complaint: String, _ ask: () async throws -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + self.patience
        var pause = Duration.milliseconds(10)
        while true {
            if let value = try await ask() { return value }
            guard .now + pause < deadline else { throw SoukctlError(.patienceOver, complaint) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
    }
}
