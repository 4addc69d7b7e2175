import Commerce

/// What is wrong with a form, by the names of its fields.
struct FieldErrors: Sendable, Hashable {
    private var messages: [String: String] = [:]
    /// What is wrong with none of the fields in particular.
    var general: String?

    var isEmpty: Bool { self.messages.isEmpty && self.general == nil }

    /// The first thing that is wrong with a field.
    subscript(name: String) -> String? { self.messages[name] }

    /// Notes what is wrong; the first word about a field counts.
    mutating func note(_ name: String, _ message: String) {
        if self.messages[name] == nil { self.messages[name] = message }
    }

    /// Notes that a text is missing or too long.
    mutating func require(_ form: Form, _ name: String, _ message: String, longest: Int = 200) {
        let text = form.text(name)
        if text.isEmpty {
            self.note(name, message)
        } else if text.isLonger(than: longest) {
            self.note(name, "This may have \(longest) characters at most.")
        } else if text.hasControlCharacters {
            self.note(name, "This holds characters that cannot be used.")
        }
    }

    /// Notes what a service said.
    ///
    /// - Parameter names: Which field a JSON pointer's last part stands for, where the names differ.
    mutating func note(_ problem: APIProblem, names: [String: String] = [:]) {
        for error in problem.errors {
            let part = error.pointer.split(separator: "/").last.map(String.init) ?? ""
            self.note(names[part] ?? part, "This " + error.detail + (error.detail.hasSuffix(".") ? "" : "."))
        }
        if problem.errors.isEmpty { self.general = problem.detail ?? problem.title }
    }

    /// The list above the form, each entry leading to its field.
    func summary(of fields: [FormField]) -> View? {
        guard !self.isEmpty else { return nil }
        let items = fields.compactMap { field in
            self.messages[field.name].map { ["name": field.name, "label": field.label, "message": $0] as View }
        }
        return ["general": self.general, "items": items.isEmpty ? nil : items]
    }
}
