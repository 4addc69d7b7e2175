import Caching
import CatalogDomain
import Commerce
import Foundation
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import CatalogService

@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct ProductReadingTests {
    /// Walks through a list, three products a page.
    private func walk(_ next: (PageRequest) async throws -> Page<ProductBody>) async throws -> [String] {
        var found: [String] = []
        var cursor: Cursor?
        repeat {
            let page = try await next(PageRequest(limit: 3, cursor: cursor))
            #expect(page.items.count == 3 || page.nextCursor == nil)
            found += page.items.map(\.sku)
            cursor = page.nextCursor.flatMap { Cursor(text: $0) }
        } while cursor != nil && found.count < 100
        return found
    }

    @Test func pagesShowEveryProductOnceInTheOrderOfTheCodes() async throws {
        try await CatalogBench.with { catalog in
            let codes = ["B", "a", "a.1", "a-1", "a_1", "b", "0", "10", "9", "Z", "z", "zz"]
            for code in codes { try await catalog.create(code, stock: 1) }
            let list = ProductList(store: catalog.store)
            let found = try await self.walk { try await list.all($0) }
            #expect(found == codes.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        }
    }

    @Test func aSearchFindsByTheBeginningsOfWordsTheBestFirst() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("85123A", stock: 1, name: "WHITE HANGING HEART T-LIGHT HOLDER")
            try await catalog.create("71053", stock: 1, name: "WHITE METAL LANTERN")
            try await catalog.create("22752", stock: 1, name: "SET 7 BABUSHKA NESTING BOXES")
            let list = ProductList(store: catalog.store)
            let cases: [(String, Set<String>)] = [
                ("hearts", ["85123A"]), ("white", ["85123A", "71053"]), ("WHI lan", ["71053"]), ("85123a", ["85123A"]),
                ("babush", ["22752"]), ("nothing", []), ("the", []), ("'; drop table products; --", []), ("%", []),
            ]
            for (text, codes) in cases {
                let page = try await list.search(text, PageRequest(limit: 10))
                #expect(Set(page.items.map(\.sku)) == codes, "\(text)")
            }
        }
    }

    @Test func pagesOfASearchShowEveryMatchOnceAlsoAmongEquals() async throws {
        try await CatalogBench.with { catalog in
            for number in 0..<10 { try await catalog.create("lamp-\(number)", stock: 1, name: "LAMP") }
            try await catalog.create("best", stock: 1, name: "LAMP LAMP LAMP")
            try await catalog.create("other", stock: 1, name: "CHAIR")
            let list = ProductList(store: catalog.store)
            let found = try await self.walk { try await list.search("lamp", $0) }
            #expect(found.count == 11)
            #expect(Set(found).count == 11)
            await #expect(throws: Problem.self) { try await list.search("lamp", PageRequest(limit: 3, cursor: Cursor("a"))) }
            await #expect(throws: Problem.self) { try await list.all(PageRequest(limit: 3, cursor: Cursor("0.1", "a"))) }
        }
    }

    /// A cache that takes longer than 50 ms is passed over, as a busy machine may see. So both halves have several tries: a
    /// page that is never kept, or never made void, fails in all of them.
    @Test func aPageIsCachedUntilTheStockMoves() async throws {
        try await CatalogBench.with { catalog in
            let running = Task { await catalog.pages.run() }
            defer { running.cancel() }
            var last: SKU?
            let isCached = try await eventually(within: .seconds(60)) {
                let sku = try SKU("a\(UInt64.random(in: 0...(.max)))")
                last = sku
                try await catalog.create(sku.rawValue, stock: 1_000)
                #expect(try await catalog.pages.page(sku)?.available == 1_000)
                // Behind the service's back: the page does not notice.
                try await catalog.postgres.execute("update products set name = 'Coffee' where sku = \(sku.rawValue)")
                return try await catalog.pages.page(sku)?.name == "Tea"
            }
            #expect(isCached)
            let sku = try #require(last)
            #expect(try await catalog.pages.freshPage(sku)?.name == "Coffee")
            var sold: Int64 = 0
            let isSeen = try await eventually(within: .seconds(60)) {
                sold += 1
                try await catalog.reserve("ord_\(sold)", [sku.rawValue: 1])
                let left = 1_000 - sold
                return try await eventually(within: .seconds(2)) { try await catalog.pages.page(sku)?.available == left }
            }
            #expect(isSeen)
        }
    }

    /// Several tries, as above.
    @Test func aListIsCachedUntilTheStaffChangesSomething() async throws {
        try await CatalogBench.with { catalog in
            func names(_ page: [UInt8]) -> Set<String> {
                Set(
                    String(decoding: page, as: UTF8.self).components(separatedBy: "\"name\":\"").dropFirst().map {
                        String($0.prefix { $0 != "\"" })
                    })
            }
            try await catalog.create("a", stock: 1)
            for text in ["", "Tea"] {
                let isCached = try await eventually(within: .seconds(60)) {
                    await catalog.edition.begin()
                    let first = names(try await catalog.list.page(matching: text, PageRequest(limit: 10)))
                    // Behind the service's back: what is kept does not notice.
                    try await catalog.postgres.execute("update products set name = 'Tea ' || gen_random_uuid()")
                    return names(try await catalog.list.page(matching: text, PageRequest(limit: 10))) == first
                }
                #expect(isCached, "\(text)")
                let now = names(try await catalog.list.freshPage(matching: text, PageRequest(limit: 10)))
                #expect(now.count == 1)
                let isSeen = try await eventually(within: .seconds(60)) {
                    await catalog.edition.begin()
                    return names(try await catalog.list.page(matching: text, PageRequest(limit: 10))) == now
                }
                #expect(isSeen, "\(text)")
            }
            let page = PageRequest(limit: 3, cursor: Cursor("0.1", "a"))
            await #expect(throws: Problem.self) { try await catalog.list.page(matching: "", page) }
        }
    }

    @Test func aBatchLeavesUnknownCodesOut() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            let found = try await catalog.store.products([SKU("a"), SKU("b")])
            #expect(found.map(\.sku.rawValue) == ["a"])
            #expect(try await catalog.store.products([]).isEmpty)
        }
    }
}
