import Hummingbird
import ServiceKit

/// The cart: look, add, change, take out.
struct CartPages: Sendable {
    let shop: Shop

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/cart", on: router) { visit, _ in try await self.show(visit) }
        self.shop.accept("/cart/items", on: router) { visit, _ in try await self.add(visit) }
        self.shop.accept("/cart/items/{sku}", on: router) { visit, context in
            try await self.set(try context.pathParameter("sku"), visit)
        }
    }

    private func show(_ visit: Visit) async throws -> Outcome {
        var view: View
        do {
            view = CartViews.page(try await self.shop.api.cart(for: visit))
        } catch let failure as APIFailure where failure.isUnavailable {
            view = ["outage": ServiceWords.outage(of: .cart)]
        }
        view["isGuest"] = visit.session.login == nil
        return .page(Page("cart", title: "Your cart", view).within("Cart"))
    }

    private func add(_ visit: Visit) async throws -> Outcome {
        let sku = visit.form.text("sku")
        let back = SafePath.checked(visit.form["back"], or: "/cart")
        guard let quantity = visit.form["quantity"] == nil ? 1 : visit.form.int("quantity"), (1...1_000).contains(quantity) else {
            visit.tell("Please choose a quantity from 1 to 1000.", .bad)
            return .redirect(back)
        }
        do {
            let cart = try await self.shop.api.add(sku, quantity: quantity, for: visit)
            let name = cart.items.first { $0.sku == sku }?.name ?? "It"
            visit.tell("\(name) is in your cart.")
        } catch let failure as APIFailure {
            try self.tell(failure, visit)
        }
        return .redirect(back)
    }

    /// Sets a quantity; zero takes the product out.
    private func set(_ sku: String, _ visit: Visit) async throws -> Outcome {
        guard let quantity = visit.form.int("quantity"), (0...1_000).contains(quantity) else {
            visit.tell("Please choose a quantity from 0 to 1000; 0 takes it out.", .bad)
            return .redirect("/cart")
        }
        do {
            _ = try await self.shop.api.set(sku, to: quantity, for: visit)
            if quantity == 0 { visit.tell("It was taken out of your cart.") }
        } catch let failure as APIFailure {
            try self.tell(failure, visit)
        }
        return .redirect("/cart")
    }

    /// A cart that cannot be changed is told on the next page; the visitor stays where they were.
    private func tell(_ failure: APIFailure, _ visit: Visit) throws {
        switch failure {
        case .unavailable:
            visit.tell("Your cart does not answer at the moment, so nothing was changed. Please try again in a moment.", .bad)
        case .refused(_, let problem) where [404, 409, 412, 422].contains(problem.status):
            let sentence = problem.errors.first.map { "This " + $0.detail + "." } ?? problem.detail
            visit.tell(sentence ?? "Your cart could not be changed.", .bad)
        default: throw failure
        }
    }
}
