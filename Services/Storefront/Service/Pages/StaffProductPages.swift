import Commerce
import HTTPTypes
import Hummingbird
import ServiceKit

/// The shelves from the other side: stock and prices.
struct StaffProductPages: Sendable {
    let shop: Shop

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/staff/products", on: router) { visit, _ in try await self.list(visit) }
        self.shop.show("/staff/products/new", on: router) { visit, _ in self.newForm(visit, FieldErrors()) }
        self.shop.accept("/staff/products", on: router) { visit, _ in try await self.create(visit) }
        self.shop.show("/staff/products/{sku}", on: router) { visit, context in
            try await self.product(try context.pathParameter("sku"), visit, FieldErrors())
        }
        self.shop.accept("/staff/products/{sku}", on: router) { visit, context in
            try await self.change(try context.pathParameter("sku"), visit)
        }
        self.shop.accept("/staff/products/{sku}/stock", on: router) { visit, context in
            try await self.restock(try context.pathParameter("sku"), visit)
        }
    }

    private func list(_ visit: Visit) async throws -> Outcome {
        try visit.requireStaff()
        let query = visit.query("q") ?? ""
        var view: View = ["query": query.isEmpty ? nil : query]
        do {
            let list = try await self.shop.api.products(matching: query, cursor: visit.query("cursor"), limit: 50, for: visit)
            let page = list.value
            view["isOld"] = list.isLastKnown
            view["products"] = page.items.map { product in
                ProductViews.card(product).merging([
                    "href": "/staff/products/\(Form.encode(product.sku))", "available": String(product.available),
                ])
            }
            view["isNothing"] = page.items.isEmpty
            view["next"] = page.nextCursor.map { "/staff/products?q=\(Form.encode(query))&cursor=\(Form.encode($0))" }
        } catch let failure as APIFailure where failure.isUnavailable {
            view["outage"] = ServiceWords.outage(of: .catalog)
        }
        return .page(Page("staff-products", title: "Stock and prices", view).within("Staff"))
    }

    // MARK: One product

    private static let detailFields = [
        FormField(name: "name", label: "Name", longest: 200),
        FormField(name: "details", label: "Description", isRequired: false, longest: 5_000, isLong: true),
        FormField(name: "price", label: "Price in £", longest: 12, inputMode: "decimal", isHalf: true),
    ]

    private static let newFields =
        [FormField(name: "sku", label: "SKU", hint: "Letters, digits, dots and dashes", longest: 64)] + Self.detailFields + [
            FormField(name: "stock", label: "Pieces in stock", longest: 7, inputMode: "numeric", isHalf: true)
        ]

    private static let stockField = FormField(
        name: "delta", label: "Pieces that came", hint: "With a minus for pieces that went", longest: 8, isHalf: true)

    private func product(_ sku: String, _ visit: Visit, _ errors: FieldErrors, status: HTTPResponse.Status = .ok) async throws -> Outcome {
        try visit.requireStaff()
        let (product, tag) = try await self.shop.api.productToChange(sku, for: visit)
        var start = Form(
            encoded: "name=\(Form.encode(product.name))&details=\(Form.encode(product.description))"
                + "&price=\(Form.encode(MoneyText.input(product.price)))")
        // The form of the stock has none of these fields: a mistake in it must not empty them.
        if visit.form["name"] != nil { start = visit.form }
        let view = ProductViews.card(product).merging([
            "available": String(product.available), "fields": Self.detailFields.filled(from: start, errors: errors).views,
            "stockFields": [Self.stockField].filled(from: visit.form, errors: errors).views, "tag": visit.form["tag"] ?? tag,
            "key": StaffPages.key(visit.form["key"]), "problems": errors.summary(of: Self.detailFields + [Self.stockField]),
        ])
        return .page(Page("staff-product", title: product.name, view).with(status: status).within("Staff"))
    }

    private func newForm(_ visit: Visit, _ errors: FieldErrors, status: HTTPResponse.Status = .ok) -> Outcome {
        guard let login = visit.session.login else { return .redirect("/login?next=/staff/products/new") }
        guard login.isStaff else { return .page(ProblemPages.page(for: Problem(.notFound))) }
        let view: View = [
            "fields": Self.newFields.filled(from: visit.form, errors: errors).views, "problems": errors.summary(of: Self.newFields),
            "key": StaffPages.key(visit.form["key"]),
        ]
        return .page(Page("staff-product-new", title: "A new product", view).with(status: status).within("Staff"))
    }

    private func create(_ visit: Visit) async throws -> Outcome {
        try visit.requireStaff()
        let form = visit.form
        var errors = FieldErrors()
        errors.require(form, "sku", "Enter the product's code.", longest: 64)
        errors.require(form, "name", "Enter a name.")
        let price = MoneyText.amount(form.text("price"))
        if price == nil { errors.note("price", "Enter a price such as 12.50.") }
        guard let stock = form.int("stock"), stock >= 0 else {
            errors.note("stock", "Enter a whole number of pieces.")
            return self.newForm(visit, errors, status: .unprocessableContent)
        }
        guard let price, errors.isEmpty else { return self.newForm(visit, errors, status: .unprocessableContent) }
        let product = NewProduct(
            sku: form.text("sku"), name: form.text("name"), description: form.lines("details"),
            price: Money(amount: price, currency: .gbp), stock: Int64(stock))
        do {
            try await self.shop.api.create(product, key: StaffPages.key(form["key"]), for: visit)
        } catch APIFailure.refused(_, let problem) where [409, 422].contains(problem.status) {
            errors.note(problem, names: ["amount": "price", "description": "details"])
            return self.newForm(visit, errors, status: .unprocessableContent)
        } catch let failure as APIFailure where failure.isUnavailable {
            // The form comes back with its key, under which the product is made once.
            errors.general = "No answer came. Press the button again: it will not be put on the shelf twice."
            return self.newForm(visit, errors, status: .serviceUnavailable)
        }
        visit.tell("\(product.name) is on the shelf.")
        return .redirect("/staff/products/\(Form.encode(product.sku))")
    }

    private func change(_ sku: String, _ visit: Visit) async throws -> Outcome {
        try visit.requireStaff()
        let form = visit.form
        var errors = FieldErrors()
        errors.require(form, "name", "Enter a name.")
        guard let price = MoneyText.amount(form.text("price")), errors.isEmpty else {
            if MoneyText.amount(form.text("price")) == nil { errors.note("price", "Enter a price such as 12.50.") }
            return try await self.product(sku, visit, errors, status: .unprocessableContent)
        }
        do {
            let (product, _) = try await self.shop.api.productToChange(sku, for: visit)
            let change = ProductChange(
                name: form.text("name"), description: form.lines("details"), price: Money(amount: price, currency: .gbp),
                image_url: product.imageURL)
            try await self.shop.api.change(sku, to: change, seen: form["tag"] ?? "", for: visit)
            visit.tell("The product was changed.")
        } catch APIFailure.refused(_, let problem) where problem.status == 412 || problem.status == 428 {
            visit.tell("Somebody changed this product meanwhile. Look at it again, and repeat your change.", .bad)
        } catch APIFailure.refused(_, let problem) where problem.status == 422 {
            errors.note(problem, names: ["amount": "price", "description": "details"])
            return try await self.product(sku, visit, errors, status: .unprocessableContent)
        } catch let failure as APIFailure where failure.isUnavailable {
            visit.tell(Self.noAnswer, .bad)
        }
        return .redirect("/staff/products/\(Form.encode(sku))")
    }

    private func restock(_ sku: String, _ visit: Visit) async throws -> Outcome {
        try visit.requireStaff()
        var errors = FieldErrors()
        guard let delta = visit.form.int("delta"), delta != 0 else {
            errors.note("delta", "Enter a whole number, such as 12 or -3.")
            return try await self.product(sku, visit, errors, status: .unprocessableContent)
        }
        do {
            try await self.shop.api.restock(sku, by: Int64(delta), key: StaffPages.key(visit.form["key"]), for: visit)
            visit.tell("The stock was changed by \(delta).")
        } catch APIFailure.refused(_, let problem) where [409, 422].contains(problem.status) {
            visit.tell(problem.errors.first.map { "The number \($0.detail)." } ?? problem.detail ?? problem.title, .bad)
        } catch let failure as APIFailure where failure.isUnavailable {
            visit.tell(Self.noAnswer, .bad)
        }
        return .redirect("/staff/products/\(Form.encode(sku))")
    }

    /// What was asked for may have been done.
    private static let noAnswer = "No answer came: look at the product again before you repeat this."
}
