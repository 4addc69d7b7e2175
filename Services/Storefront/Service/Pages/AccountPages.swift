import HTTPTypes
import Hummingbird
import ServiceKit

/// Register, log in, log out, the account.
struct AccountPages: Sendable {
    let shop: Shop

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/login", on: router) { visit, _ in self.loginForm(visit) }
        self.shop.accept("/login", on: router) { visit, _ in try await self.logIn(visit) }
        self.shop.show("/register", on: router) { visit, _ in self.registerForm(visit) }
        self.shop.accept("/register", on: router) { visit, _ in try await self.register(visit) }
        self.shop.accept("/logout", on: router) { visit, _ in
            await self.shop.api.logOut(for: visit)
            visit.tell("You are logged out.")
            return .redirect("/")
        }
        self.shop.show("/account", on: router) { visit, _ in try await self.account(visit) }
    }

    // MARK: Log in

    private static let loginFields = [
        FormField(name: "email", label: "E-mail address", type: "email", autocomplete: "username", longest: 254, inputMode: "email"),
        FormField(name: "password", label: "Password", type: "password", autocomplete: "current-password"),
    ]

    private func loginForm(_ visit: Visit, errors: FieldErrors = FieldErrors(), status: HTTPResponse.Status = .ok) -> Outcome {
        if visit.session.login != nil, errors.isEmpty { return .redirect(SafePath.checked(visit.query("next"), or: "/account")) }
        return .page(self.form("login", "Log in", Self.loginFields, visit, errors).with(status: status).within("Account"))
    }

    private func logIn(_ visit: Visit) async throws -> Outcome {
        var errors = FieldErrors()
        errors.require(visit.form, "email", "Enter your e-mail address.", longest: 254)
        if (visit.form["password"] ?? "").isEmpty { errors.note("password", "Enter your password.") }
        guard errors.isEmpty else { return self.loginForm(visit, errors: errors, status: .unprocessableContent) }
        do {
            try await self.shop.api.logIn(email: visit.form.text("email"), password: visit.form["password"] ?? "", for: visit)
        } catch let failure as APIFailure {
            let status = try self.note(failure, in: &errors)
            return self.loginForm(visit, errors: errors, status: status)
        }
        visit.tell("Welcome back, \(visit.session.login?.name ?? "friend").")
        return .redirect(SafePath.checked(visit.form["next"]))
    }

    // MARK: Register

    private static let registerFields = [
        FormField(name: "name", label: "Your name", autocomplete: "name", longest: 200),
        FormField(name: "email", label: "E-mail address", type: "email", autocomplete: "email", longest: 254, inputMode: "email"),
        FormField(
            name: "password", label: "Password", type: "password", autocomplete: "new-password",
            hint: "At least 8 characters. A few words in a row are easy to remember and hard to guess."),
    ]

    private func registerForm(_ visit: Visit, errors: FieldErrors = FieldErrors(), status: HTTPResponse.Status = .ok) -> Outcome {
        if visit.session.login != nil, errors.isEmpty { return .redirect("/account") }
        return .page(self.form("register", "Create an account", Self.registerFields, visit, errors).with(status: status).within("Account"))
    }

    private func register(_ visit: Visit) async throws -> Outcome {
        let (name, email, password) = (visit.form.text("name"), visit.form.text("email"), visit.form["password"] ?? "")
        var errors = FieldErrors()
        errors.require(visit.form, "name", "Enter your name.")
        errors.require(visit.form, "email", "Enter your e-mail address.", longest: 254)
        if password.unicodeScalars.count < 8 { errors.note("password", "A password has at least 8 characters.") }
        guard errors.isEmpty else { return self.registerForm(visit, errors: errors, status: .unprocessableContent) }
        do {
            try await self.shop.api.register(email: email, password: password, name: name, for: visit)
            try await self.shop.api.logIn(email: email, password: password, for: visit)
        } catch let failure as APIFailure {
            let status = try self.note(failure, in: &errors)
            return self.registerForm(visit, errors: errors, status: status)
        }
        visit.tell("Welcome to the souk, \(visit.session.login?.name ?? name).")
        return .redirect(SafePath.checked(visit.form["next"]))
    }

    // MARK: Both

    private func form(_ template: String, _ title: String, _ fields: [FormField], _ visit: Visit, _ errors: FieldErrors) -> Page {
        let next = SafePath.checked(visit.form["next"] ?? visit.query("next"))
        return Page(
            template, title: errors.isEmpty ? title : "Please check: \(title)",
            [
                "fields": fields.filled(from: visit.form, errors: errors).views, "problems": errors.summary(of: fields),
                "next": next, "nextQuery": next == "/" ? nil : "?next=\(Form.encode(next))", "isForCheckout": next == "/checkout",
            ])
    }

    private func note(_ failure: APIFailure, in errors: inout FieldErrors) throws -> HTTPResponse.Status {
        switch failure {
        case .unavailable(let service, _):
            errors.general = ServiceWords.outage(of: service)
            return .serviceUnavailable
        case .refused(_, let problem):
            switch problem.slug {
            case "invalid-credentials": errors.general = "The e-mail address or the password is wrong."
            case "email-taken": errors.note("email", "There is an account for this address already. Log in instead.")
            case "too-many-attempts", "too-many-requests":
                errors.general = "There were too many attempts. Please wait \(Self.wait(problem.retryAfter)) and try again."
            default: errors.note(problem)
            }
            return HTTPResponse.Status(code: problem.status == 401 ? 422 : problem.status)
        case .loggedOut: throw failure
        }
    }

    private static func wait(_ duration: Duration?) -> String {
        let seconds = duration?.components.seconds ?? 60
        return seconds < 90 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
    }

    // MARK: The account

    private func account(_ visit: Visit) async throws -> Outcome {
        let login = try visit.requireLogin()
        var view: View = ["name": login.name, "email": login.email, "isStaff": login.isStaff]
        async let account = self.result { try await self.shop.api.account(for: visit) }
        async let cards = self.result { try await self.shop.api.paymentMethods(for: visit) }
        async let orders = self.result { try await self.shop.api.orders(cursor: nil, for: visit) }
        switch try await account {
        case .success(let account): view = view.merging(["name": account.name, "email": account.email])
        case .failure: view["loginOutage"] = ServiceWords.outage(of: .login)
        }
        switch try await cards {
        case .success(let cards): view["cards"] = cards.isEmpty ? nil : CardViews.rows(cards)
        case .failure: view["paymentsOutage"] = ServiceWords.outage(of: .payments)
        }
        switch try await orders {
        case .success(let page): view["orders"] = page.items.isEmpty ? nil : page.items.prefix(3).map(OrderViews.row)
        case .failure: view["ordersOutage"] = ServiceWords.outage(of: .orders)
        }
        return .page(Page("account", title: "Your account", view).within("Account"))
    }

    /// A part of the page: what came, or that its service is away. Anything else ends the page.
    private func result<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Result<Value, APIFailure> {
        do {
            return .success(try await body())
        } catch let failure as APIFailure where failure.isUnavailable {
            return .failure(failure)
        }
    }
}

extension Visit {
    /// The login of a page that needs one.
    ///
    /// - Throws: ``APIFailure/loggedOut``, which leads to the login form and back.
    func requireLogin() throws(APIFailure) -> Session.Login {
        guard let login = self.session.login else { throw .loggedOut }
        return login
    }
}
