import Auth
import Commerce
import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import ServiceKit

/// The checkout: address and card in, one order out, however often the button is pressed.
///
/// A key is minted into the form. The card is handed to payments under a key made of it and of the card, and the order is
/// placed under the key itself. So a form that is sent twice, at once or again after an error, makes the same payment method
/// and the same order, at any instance.
struct CheckoutPages: Sendable {
    let shop: Shop
    /// Under which card details become part of a key.
    let cardKey: SymmetricKey

    init(shop: Shop) {
        self.shop = shop
        self.cardKey = shop.sealer.derived("card key")
    }

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/checkout", on: router) { visit, _ in try await self.show(visit) }
        self.shop.accept("/checkout", on: router) { visit, _ in try await self.pay(visit) }
    }

    private func show(_ visit: Visit) async throws -> Outcome {
        let login = try visit.requireLogin()
        let cart = try await self.shop.api.cart(for: visit)
        guard cart.canBeOrdered else { return .redirect("/cart") }
        let start = Form(encoded: "name=\(Form.encode(login.name))&country=GB")
        return .page(await self.page(visit, cart, form: start, errors: FieldErrors(), key: UUID().uuidString))
    }

    private func pay(_ visit: Visit) async throws -> Outcome {
        _ = try visit.requireLogin()
        let form = visit.form
        let key = Self.key(form["key"])
        let input = CheckoutForm(form, month: Self.month())
        guard input.errors.isEmpty else { return try await self.again(visit, input.errors, key: key, status: .unprocessableContent) }
        var errors = FieldErrors()
        let cart = try? await self.shop.api.cart(for: visit)
        // Orders are priced anew, so a total of old prices, or without some of them, is not what would be charged.
        if let prices = cart?.prices, prices != "current" {
            errors.general = "Not all prices are known right now, so nothing was ordered. Please press Pay again in a moment."
            return try await self.again(visit, errors, key: key, status: .serviceUnavailable)
        }
        // The total may have moved since the page was made: nobody pays what they have not seen.
        if let cart, !cart.items.isEmpty, String(cart.total.amount) != form["total"] {
            errors.general = "Your cart has changed: the total is \(MoneyText.text(cart.total)) now. Please look at it and pay again."
            return try await self.again(visit, errors, key: key, status: .conflict)
        }
        do {
            let method = try await self.method(of: input, key: key, visit)
            let order = try await self.shop.api.placeOrder(paidWith: method, to: input.address, key: key, for: visit)
            visit.update { $0.cartCount = 0 }
            return .redirect("/orders/\(Form.encode(order))")
        } catch let failure as APIFailure {
            if let outcome = self.settled(failure, visit) { return outcome }
            let status = try self.note(failure, in: &errors)
            return try await self.again(visit, errors, key: key, status: status)
        }
    }

    private func method(of input: CheckoutForm, key: String, _ visit: Visit) async throws -> String {
        guard let card = input.card else { return input.savedMethod ?? "" }
        let text = "\(key) \(card.number) \(card.expMonth) \(card.expYear) \(card.cvc)"
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: self.cardKey)
        return try await self.shop.api.addCard(card, key: "card-" + Base64URL.encode(code), for: visit).id
    }

    /// What is no mistake of the form: this checkout has become an order already, or there is nothing to order.
    private func settled(_ failure: APIFailure, _ visit: Visit) -> Outcome? {
        if failure.problem("idempotency-key-reused", "checkout-already-ordered") != nil {
            visit.tell("This checkout has become an order already. Here are your orders; you were not charged twice.")
            return .redirect("/orders")
        }
        if failure.problem("cart-empty") != nil {
            visit.tell("There is nothing in your cart to pay for.", .bad)
            return .redirect("/cart")
        }
        if let problem = failure.problem("cart-unavailable") {
            visit.tell(problem.detail ?? "Something in your cart is no longer sold.", .bad)
            return .redirect("/cart")
        }
        return nil
    }

    private func note(_ failure: APIFailure, in errors: inout FieldErrors) throws -> HTTPResponse.Status {
        switch failure {
        case .unavailable(let service, _):
            errors.general =
                service == .payments
                ? ServiceWords.outage(of: service) + " Please try again in a moment."
                : "We could not hear whether your order arrived. Press Pay again: it will not be placed or charged twice."
            return .serviceUnavailable
        case .refused(_, let problem):
            let names = ["exp_month": "expiry", "exp_year": "expiry", "card": "number", "payment_method": "number"]
            errors.note(problem, names: names)
            return HTTPResponse.Status(code: problem.status)
        case .loggedOut: throw failure
        }
    }

    /// The form again, with what was typed. Only the card is asked for anew: it is never written into a page.
    private func again(_ visit: Visit, _ errors: FieldErrors, key: String, status: HTTPResponse.Status) async throws -> Outcome {
        let cart = try? await self.shop.api.cart(for: visit)
        return .page(await self.page(visit, cart, form: visit.form, errors: errors, key: key).with(status: status))
    }

    private func page(_ visit: Visit, _ cart: Cart?, form: Form, errors: FieldErrors, key: String) async -> Page {
        let methods = (try? await self.shop.api.paymentMethods(for: visit)) ?? []
        let chosen = form["method"] ?? methods.first?.id ?? "new"
        let fields = CheckoutForm.addressFields.filled(from: form, errors: errors)
        let card = CheckoutForm.cardFields.filled(from: form, errors: errors)
        var view: View = [
            "address": fields.views, "card": card.views, "problems": errors.summary(of: CheckoutForm.fields), "key": key,
            "countries": Countries.all.map { ["code": $0.code, "name": $0.name, "isChosen": $0.code == form["country"]] as View },
            "countryError": errors["country"], "methods": methods.isEmpty ? nil : CardViews.rows(methods, chosen: chosen),
            "isNewCard": chosen == "new" || methods.isEmpty, "testCards": TestCards.views,
        ]
        if let cart {
            view = view.merging(["lines": CartViews.lines(cart), "total": MoneyText.text(cart.total), "amount": String(cart.total.amount)])
        }
        return Page("checkout", title: errors.isEmpty ? "Checkout" : "Please check: Checkout", view).within("Cart")
    }

    /// A key that was minted here; anything else is replaced.
    private static func key(_ text: String?) -> String {
        text.flatMap { UUID(uuidString: $0) }?.uuidString ?? UUID().uuidString
    }

    private static func month() -> Int {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
        return (parts.year ?? 0) * 12 + (parts.month ?? 1) - 1
    }
}
