import Mustache

/// What a template is filled with: named values. Values that are nil are left out, so that sections test for presence.
struct View: Sendable, MustacheParent, ExpressibleByDictionaryLiteral {
    private var values: [String: any Sendable] = [:]

    init(dictionaryLiteral elements: (String, (any Sendable)?)...) {
        for (name, value) in elements { self.values[name] = value }
    }

    subscript(name: String) -> (any Sendable)? {
        get { self.values[name] }
        set { self.values[name] = newValue }
    }

    /// A text of it, for tests and conditions.
    func text(_ name: String) -> String? { self.values[name] as? String }

    func child(named name: String) -> Any? { self.values[name] }

    /// With the values of another one, which win.
    func merging(_ other: View) -> View {
        var copy = self
        copy.values.merge(other.values) { $1 }
        return copy
    }
}
