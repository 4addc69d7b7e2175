import Hummingbird
import ServiceKit

/// What each error of the API means: the pages that the `type` of a problem leads to. They are the table of
/// `docs/problems.md`, which is part of the program.
struct ProblemReference: Sendable {
    struct Entry: Sendable, Hashable {
        var slug: String
        var status: String
        var meaning: String
    }

    let shop: Shop
    private let entries: [Entry]

    init(shop: Shop) {
        self.shop = shop
        self.entries = Self.entries(in: String(decoding: PackageResources.problems_md, as: UTF8.self))
    }

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/problems", on: router) { _, _ in
            .page(Page("problem-list", title: "The errors of the API", ["entries": self.entries.map(Self.view)]))
        }
        self.shop.show("/problems/{slug}", on: router) { _, context in
            let slug = try context.pathParameter("slug")
            guard let entry = self.entries.first(where: { $0.slug == slug }) else { throw Problem.notFound("problem") }
            return .page(Page("problem-list", title: entry.slug, ["entries": [Self.view(entry)], "isOne": true]))
        }
    }

    /// Reads the rows of the table: a name, a status and a sentence.
    static func entries(in text: String) -> [Entry] {
        text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingPrefix { $0 == " " } }
            guard line.hasPrefix("| `"), cells.count >= 3 else { return nil }
            return Entry(slug: Self.plain(cells[0]), status: Self.plain(cells[1]), meaning: Self.plain(cells[2]))
        }
    }

    /// Without the marks of Markdown, and space at the end.
    private static func plain(_ cell: Substring) -> String {
        var text = String(cell).replacing("`", with: "")
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func view(_ entry: Entry) -> View {
        ["slug": entry.slug, "status": entry.status, "meaning": entry.meaning, "href": "/problems/\(Form.encode(entry.slug))"]
    }
}
