/// One field of a form, with what was typed and what is wrong with it.
struct FormField: Sendable {
    var name: String
    var label: String
    var type = "text"
    var autocomplete = "off"
    var hint: String?
    var isRequired = true
    var longest: Int?
    var inputMode: String?
    var value = ""
    var error: String?
    /// Whether it shares a line with its neighbour on a wide screen.
    var isHalf = false
    /// Whether it has room for several lines.
    var isLong = false

    var view: View {
        let described = [self.hint == nil ? nil : "\(self.name)-hint", self.error == nil ? nil : "\(self.name)-error"].compactMap { $0 }
        return [
            "name": self.name, "label": self.label, "type": self.type, "autocomplete": self.autocomplete, "hint": self.hint,
            // The fields of a card are needed unless another card is chosen, so neither word fits them.
            "isRequired": self.isRequired, "isOptional": !self.isRequired && !self.isOfACard, "longest": self.longest.map(String.init),
            "inputMode": self.inputMode,
            // What is secret is never written into a page.
            "value": self.type == "password" || self.isOfACard || self.value.isEmpty ? nil : self.value,
            "error": self.error, "isHalf": self.isHalf, "isLong": self.isLong,
            "describedBy": described.isEmpty ? nil : described.joined(separator: " "),
        ]
    }

    private var isOfACard: Bool { self.autocomplete.hasPrefix("cc-") }
}

extension [FormField] {
    /// With what was sent, and what is wrong.
    func filled(from form: Form, errors: FieldErrors) -> [FormField] {
        self.map { field in
            var copy = field
            if let value = form[field.name] { copy.value = value }
            copy.error = errors[field.name]
            return copy
        }
    }

    var views: [View] { self.map(\.view) }
}
