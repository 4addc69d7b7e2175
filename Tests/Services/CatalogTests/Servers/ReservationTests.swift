import CatalogDomain
import Commerce
import Contracts
import Postgres
import SwiftProtobuf
import TestSupport
import Testing

@testable import CatalogService

@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct ReservationTests {
    @Test func anOrderHoldsAllItsLines() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            try await catalog.create("b", stock: 1)
            try await catalog.reserve("ord_1", ["b": 1, "a": 2, "a": 1])
            #expect(try await catalog.stock("a") == "2 3 0")
            #expect(try await catalog.stock("b") == "0 1 0")
            #expect(try await catalog.said(about: "ord_1") == ["stock.reserved 1"])
            // Only the product that is sold out is news.
            #expect(try await catalog.said(about: "a") == ["product.changed 1"])
            #expect(try await catalog.said(about: "b") == ["product.changed 1", "product.changed 2"])
            #expect(try await catalog.unbalanced().isEmpty)
        }
    }

    @Test func aShortageTakesNothingAndSaysWhatWasMissing() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            try await catalog.create("b", stock: 1)
            try await catalog.reserve("ord_1", ["a": 2, "b": 2, "unknown": 1])
            #expect(try await catalog.stock("a") == "5 0 0")
            let payload = try await catalog.postgres.query("select payload from outbox where agg_id = 'ord_1'")
            let message = try Souk_Events_V1_StockRejected(serializedBytes: payload[0].decode([UInt8].self))
            #expect(message.commandID == "cmd_1")
            #expect(message.shortages.map { "\($0.sku) \($0.wanted) \($0.available)" } == ["b 2 1", "unknown 1 0"])
            // Also when stock has come meanwhile, a copy of the command gets the answer that was given.
            try await catalog.postgres.execute("update stock set available = 9, held = 0 where sku = 'b'")
            try await catalog.reserve("ord_1", ["a": 2, "b": 2])
            #expect(try await catalog.said(about: "ord_1") == ["stock.rejected 1", "stock.rejected 2"])
            #expect(try await catalog.stock("a") == "5 0 0")
        }
    }

    @Test func commandsThatComeAgainAreAnsweredAgainAndChangeNothing() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 5)
            for _ in 0..<3 { try await catalog.reserve("ord_1", ["a": 2]) }
            #expect(try await catalog.stock("a") == "3 2 0")
            for _ in 0..<2 { try await catalog.settle(.commit, "ord_1") }
            #expect(try await catalog.stock("a") == "3 0 2")
            try await catalog.reserve("ord_1", ["a": 2])
            #expect(try await catalog.stock("a") == "3 0 2")
            let said = try await catalog.said(about: "ord_1")
            #expect(said == ["reserved 1", "reserved 2", "reserved 3", "committed 4", "committed 5", "reserved 6"].map { "stock." + $0 })
            #expect(try await catalog.unbalanced().isEmpty)
        }
    }

    @Test func aReleaseGivesThePiecesBackOnce() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 2)
            try await catalog.reserve("ord_1", ["a": 2])
            for _ in 0..<2 { try await catalog.settle(.release, "ord_1") }
            #expect(try await catalog.stock("a") == "2 0 0")
            #expect(try await catalog.said(about: "ord_1") == ["stock.reserved 1", "stock.released 2", "stock.released 3"])
            // Sold out, and to be had again.
            #expect(try await catalog.said(about: "a") == ["product.changed 1", "product.changed 2", "product.changed 3"])
            #expect(try await catalog.unbalanced().isEmpty)
        }
    }

    @Test func aReserveThatComesAfterItsReleaseFindsTheTombstone() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 2)
            try await catalog.settle(.release, "ord_1")
            try await catalog.reserve("ord_1", ["a": 1])
            #expect(try await catalog.stock("a") == "2 0 0")
            #expect(try await catalog.said(about: "ord_1") == ["stock.released 1", "stock.rejected 2"])
            // The tombstone stays one.
            try await catalog.settle(.release, "ord_1")
            #expect(try await catalog.said(about: "ord_1").last == "stock.released 3")
        }
    }

    @Test func whatMakesNoSenseIsRefusedWhole() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 2)
            await #expect(throws: CatalogError.self) { try await catalog.settle(.commit, "ord_1") }
            try await catalog.reserve("ord_1", ["a": 1])
            try await catalog.settle(.commit, "ord_1")
            await #expect(throws: CatalogError.self) { try await catalog.settle(.release, "ord_1") }
            #expect(try await catalog.stock("a") == "1 0 1")
            #expect(try await catalog.said(about: "ord_1") == ["stock.reserved 1", "stock.committed 2"])
        }
    }

    @Test func ofManyOrdersForTheLastPieceOneGetsIt() async throws {
        try await CatalogBench.with { catalog in
            try await catalog.create("a", stock: 1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask { try await catalog.reserve("ord_\(number)", ["a": 1]) }
                }
                try await group.waitForAll()
            }
            #expect(try await catalog.stock("a") == "0 1 0")
            let states = try await catalog.postgres.query("select state from reservations").decode(String.self)
            #expect(states.filter { $0 == "held" }.count == 1)
            #expect(states.filter { $0 == "rejected" }.count == 19)
        }
    }

    @Test func ordersThatNameTheSameProductsCrosswiseDoNotBlockEachOther() async throws {
        try await CatalogBench.with { catalog in
            for sku in ["a", "b", "c", "d"] { try await catalog.create(sku, stock: 1_000) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    let forwards = number.isMultiple(of: 2)
                    group.addTask {
                        let lines: KeyValuePairs<String, Int64> =
                            forwards ? ["a": 1, "b": 1, "c": 1, "d": 1] : ["d": 1, "c": 1, "b": 1, "a": 1]
                        try await catalog.reserve("ord_\(number)", lines)
                        try await catalog.settle(forwards ? .release : .commit, "ord_\(number)")
                    }
                }
                try await group.waitForAll()
            }
            for sku in ["a", "b", "c", "d"] { #expect(try await catalog.stock(sku) == "970 0 30") }
            #expect(try await catalog.unbalanced().isEmpty)
        }
    }

    @Test(arguments: [1, 2, 3]) func anySequenceOfCommandsKeepsTheBooks(seed: UInt64) async throws {
        try await CatalogBench.with { catalog in
            var generator = SeededGenerator(seed: seed)
            for sku in ["a", "b", "c"] { try await catalog.create(sku, stock: .random(in: 0...6, using: &generator)) }
            for _ in 0..<120 {
                let order = "ord_\(Int.random(in: 0..<8, using: &generator))"
                let kind = ReservationCommand.allCases.randomElement(using: &generator) ?? .reserve
                do {
                    if kind == .reserve {
                        let quantity = Int64.random(in: 1...3, using: &generator)
                        try await catalog.reserve(order, ["c": quantity, "a": 1])
                    } else {
                        try await catalog.settle(kind, order)
                    }
                } catch is CatalogError {
                    continue
                }
            }
            #expect(try await catalog.unbalanced().isEmpty)
            let outOfOrder = try await catalog.postgres.query(
                """
                select agg_id from (select agg_id, agg_ver - lag(agg_ver) over (partition by agg_id order by id) as step
                  from outbox) s where step <= 0
                """
            )
            #expect(outOfOrder.isEmpty)
        }
    }
}
