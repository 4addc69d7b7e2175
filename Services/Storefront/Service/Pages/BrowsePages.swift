import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// Looking around: home, search, a product, its picture.
struct BrowsePages: Sendable {
    private static let pageSize = 24

    let shop: Shop

    func addRoutes(to router: Router<ShopRequestContext>) {
        self.shop.show("/", on: router) { visit, _ in try await self.home(visit) }
        self.shop.show("/search", on: router) { visit, _ in try await self.search(visit) }
        self.shop.show("/products/{sku}", on: router) { visit, context in
            try await self.product(try context.pathParameter("sku"), visit)
        }
        self.shop.show("/about", on: router) { _, _ in .page(Page("about", title: "How it is built")) }
        router.get("/art/{version}/{motif}/{palette}/{file}") { _, context in try Self.art(context) }
        // Its address says no version, so it is asked for again after a day.
        router.get("/art/hero.svg") { _, _ in Self.svg(HeroArt.svg(), caching: "public, max-age=86400") }
    }

    private func home(_ visit: Visit) async throws -> Outcome {
        var view: View = ["categories": Categories.views]
        do {
            let list = try await self.shop.api.products(matching: "", cursor: nil, limit: 12, for: visit)
            view["products"] = list.value.items.map(ProductViews.card)
            view["isOld"] = list.isLastKnown
        } catch let failure as APIFailure where failure.isUnavailable {
            view["outage"] = ServiceWords.outage(of: .catalog)
        }
        var page = Page("home", title: "Souk, the market of good things", view).within("Home")
        page.description = "Lanterns, kilims, copper, spices and tea: a small market of good things, open at any hour."
        return .page(page)
    }

    private func search(_ visit: Visit) async throws -> Outcome {
        let query = String((visit.query("q") ?? "").trimmingCharacters(in: .whitespaces).prefix(200))
        var view: View = ["query": query.isEmpty ? nil : query, "heading": query.isEmpty ? "Everything" : "“\(query)”"]
        do {
            let cursor = visit.query("cursor")
            let list = try await self.shop.api.products(matching: query, cursor: cursor, limit: Self.pageSize, for: visit)
            let items = list.value.items
            view["products"] = items.map(ProductViews.card)
            view["isOld"] = list.isLastKnown
            view["isNothing"] = items.isEmpty
            view["count"] = items.isEmpty ? nil : Self.words(items.count, hasMore: list.value.nextCursor != nil, isFirst: cursor == nil)
            if let next = list.value.nextCursor { view["next"] = "/search?q=\(Form.encode(query))&cursor=\(Form.encode(next))" }
            if cursor != nil { view["first"] = "/search?q=\(Form.encode(query))" }
        } catch let failure as APIFailure where failure.isUnavailable {
            view["outage"] = ServiceWords.outage(of: .catalog)
        } catch let failure as APIFailure where failure.problem("invalid") != nil {
            // A page mark of another search, or of none.
            return .redirect("/search?q=\(Form.encode(query))")
        }
        view["categories"] = Categories.views
        return .page(Page("search", title: query.isEmpty ? "Everything we have" : "\(query) – search", view).within("Search"))
    }

    private static func words(_ count: Int, hasMore: Bool, isFirst: Bool) -> String {
        guard isFirst, !hasMore else { return "\(count) on this page" }
        return count == 1 ? "1 product" : "\(count) products"
    }

    private func product(_ sku: String, _ visit: Visit) async throws -> Outcome {
        let shown = try await self.shop.api.product(sku, for: visit)
        var view = ProductViews.page(shown.value)
        view["isOld"] = shown.isLastKnown
        view["isStaff"] = visit.session.login?.isStaff ?? false
        // What else there is; a page without it is whole too.
        let word = Motif(name: shown.value.name) == .pattern ? "" : String(shown.value.name.split(separator: " ").last ?? "")
        let others = try? await self.shop.api.products(matching: word, cursor: nil, limit: 5, for: visit)
        let cards = (others?.value.items ?? []).filter { $0.sku != shown.value.sku }.prefix(4).map(ProductViews.card)
        view["others"] = Array(cards)
        view["hasOthers"] = !cards.isEmpty
        var page = Page("product", title: shown.value.name, view)
        page.description = shown.value.description
        return .page(page)
    }

    private static func art(_ context: ShopRequestContext) throws -> Response {
        guard
            let art = ProductArt(
                version: try context.pathParameter("version"), motif: try context.pathParameter("motif"),
                palette: try context.pathParameter("palette"), file: try context.pathParameter("file"))
        else { throw Problem.notFound("picture") }
        return Self.svg(art.svg())
    }

    private static func svg(_ text: String, caching: String = "public, max-age=31536000, immutable") -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "image/svg+xml", .cacheControl: caching,
                .contentSecurityPolicy: "default-src 'none'", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
