import Commerce

/// What the checkout's form says, read and checked.
struct CheckoutForm: Sendable {
    static let addressFields = [
        FormField(name: "name", label: "Full name", autocomplete: "shipping name", longest: 200),
        FormField(name: "line1", label: "Address", autocomplete: "shipping address-line1", longest: 200),
        FormField(
            name: "line2", label: "Apartment, floor or company", autocomplete: "shipping address-line2", isRequired: false, longest: 200),
        FormField(name: "postcode", label: "Postcode", autocomplete: "shipping postal-code", longest: 20, isHalf: true),
        FormField(name: "city", label: "Town or city", autocomplete: "shipping address-level2", longest: 100, isHalf: true),
    ]

    static let cardFields = [
        FormField(name: "number", label: "Card number", autocomplete: "cc-number", isRequired: false, longest: 23, inputMode: "numeric"),
        FormField(
            name: "expiry", label: "Expiry date", autocomplete: "cc-exp", hint: "Month and year, such as 12/40", isRequired: false,
            longest: 7, inputMode: "numeric", isHalf: true),
        FormField(
            name: "cvc", label: "Security code", autocomplete: "cc-csc", hint: "Three or four digits on the card", isRequired: false,
            longest: 4, inputMode: "numeric", isHalf: true),
    ]

    static var fields: [FormField] { self.addressFields + [FormField(name: "country", label: "Country")] + self.cardFields }

    let address: Address
    /// A card that payments knows, by its id.
    let savedMethod: String?
    /// A card that was typed.
    let card: Card?
    let errors: FieldErrors

    /// - Parameters:
    ///   - form: What was sent.
    ///   - month: This month, counted from the year 0.
    init(_ form: Form, month: Int) {
        var errors = FieldErrors()
        errors.require(form, "name", "Enter the name of whoever receives the parcel.")
        errors.require(form, "line1", "Enter the street and house number.")
        errors.require(form, "postcode", "Enter the postcode.", longest: 20)
        errors.require(form, "city", "Enter the town or city.", longest: 100)
        if !form.text("line2").isEmpty { errors.require(form, "line2", "") }
        let country = form.text("country")
        if !Countries.all.contains(where: { $0.code == country }) { errors.note("country", "Choose a country that we ship to.") }
        self.address = Address(
            name: form.text("name"), line1: form.text("line1"), line2: form.text("line2").isEmpty ? nil : form.text("line2"),
            city: form.text("city"), postcode: form.text("postcode"), country: country
        )
        let method = form.text("method")
        if method.isEmpty || method == "new" {
            self.savedMethod = nil
            self.card = Self.card(form, month: month, &errors)
        } else {
            self.savedMethod = method
            self.card = nil
        }
        self.errors = errors
    }

    private static func card(_ form: Form, month: Int, _ errors: inout FieldErrors) -> Card? {
        let number = form.text("number").filter { $0 != " " && $0 != "-" }
        let cvc = form.text("cvc")
        if !CardRules.isNumber(number) {
            errors.note("number", number.isEmpty ? "Enter the card number." : "This is not the number of a card. Please check its digits.")
        }
        let expiry = CardRules.expiry(form.text("expiry"))
        if let expiry {
            if expiry.year * 12 + expiry.month - 1 < month { errors.note("expiry", "This card has expired.") }
        } else {
            errors.note("expiry", "Enter month and year, such as 12/40.")
        }
        if !(3...4).contains(cvc.utf8.count) || !cvc.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            errors.note("cvc", "Enter the three or four digits.")
        }
        guard let expiry, errors["number"] == nil, errors["expiry"] == nil, errors["cvc"] == nil else { return nil }
        return Card(number: number, expMonth: expiry.month, expYear: expiry.year, cvc: cvc)
    }
}
