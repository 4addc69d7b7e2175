import Mustache

/// The templates, parsed once. They are part of the program.
struct Templates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: If a template cannot be parsed: a mistake that the first test finds.
    init() throws {
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// The HTML of a template.
    ///
    /// - Throws: ``MissingTemplate``.
    func render(_ name: String, _ view: View) throws -> String {
        guard let html = self.library.render(view, withTemplate: name) else { throw MissingTemplate(name: name) }
        return html
    }

    /// The names of all templates.
    static var names: [String] { self.sources.keys.sorted() }

    /// A template that nobody has written.
    struct MissingTemplate: Error {
        var name: String
    }
}
