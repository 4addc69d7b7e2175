import CatalogDomain
import Commerce
import Postgres
import TestSupport
import Testing

@testable import CatalogService

@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct StaffChangesTests {
    private func change(
        _ catalog: CatalogBench, _ details: ProductDetails, seen: SeenVersion
    ) async throws -> Product {
        let sku = try SKU("a")
        return try await catalog.postgres.withTransaction { transaction in
            try await catalog.changes.change(sku, to: details, seen: seen, in: transaction)
        }
    }

    private func restock(_ catalog: CatalogBench, _ delta: Int64, of sku: String = "a") async throws -> Product {
        let (sku, delta) = (try SKU(sku), try StockDelta(delta))
        return try await catalog.postgres.withTransaction { transaction in
            try await catalog.changes.restock(sku, delta, by: "acc_1", in: transaction)
        }
    }

    @Test func aCodeIsGivenOnce() async throws {
        try await CatalogBench.with { catalog in
            let created = try await catalog.create("a", stock: 5)
            #expect(try await catalog.store.product(SKU("a")) == created)
            await #expect(throws: ChangeRefusal.skuTaken) { try await catalog.create("a", stock: 9) }
            #expect(try await catalog.stock("a") == "5 0 0")
            #expect(try await catalog.said(about: "a") == ["product.changed 1"])
            // Codes that differ in case are different codes.
            try await catalog.create("A", stock: 0)
            #expect(try await catalog.unbalanced().isEmpty)
        }
    }

    @Test func aChangeIsMadeOnlyToWhatWasSeen() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            let dearer = try CatalogBench.details("Tea", price: 200)
            let changed = try await self.change(catalog, dearer, seen: .oneOf([1]))
            #expect(changed.version == 2)
            #expect(try await catalog.store.product(SKU("a")) == changed)
            await #expect(throws: ChangeRefusal.detailsChanged) {
                try await self.change(catalog, CatalogBench.details(), seen: .oneOf([1]))
            }
            // An order in between is no conflict.
            try await catalog.reserve("ord_1", ["a": 1])
            let back = try await self.change(catalog, CatalogBench.details(), seen: .oneOf([2]))
            #expect(back.version == 3)
            #expect(back.revision == 4)
            #expect(back.available == 4)
        }
    }

    @Test func theSameDetailsAgainAreNoChange() async throws {
        try await CatalogBench.with { catalog in
            let created = try await catalog.create("a", stock: 5)
            let same = try await self.change(catalog, CatalogBench.details(), seen: .any)
            #expect(same == created)
            #expect(try await catalog.said(about: "a") == ["product.changed 1"])
        }
    }

    @Test func twoChangesOfOneVersionMakeOneChange() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for price in 1...10 {
                    group.addTask {
                        do {
                            let details = try CatalogBench.details("Tea", price: Int64(price))
                            return try await self.change(catalog, details, seen: .oneOf([1])).version == 2
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 }.count == 1)
        }
    }

    @Test func stockMovesByDeltasAndNeverBelowZero() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            #expect(try await self.restock(catalog, 3).available == 8)
            try await catalog.reserve("ord_1", ["a": 6])
            // What is promised to an order cannot be lost.
            await #expect(throws: ChangeRefusal.insufficientStock(available: 2)) { try await self.restock(catalog, -3) }
            #expect(try await self.restock(catalog, -2).available == 0)
            #expect(try await catalog.stock("a") == "0 6 0")
            #expect(try await catalog.unbalanced().isEmpty)
            await #expect(throws: ChangeRefusal.unknownProduct) { try await self.restock(catalog, 1, of: "b") }
        }
    }
}
