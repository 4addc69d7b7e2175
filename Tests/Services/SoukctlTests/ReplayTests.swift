import Foundation
import SoukctlCommands
import Testing

@Suite(.timeLimit(.minutes(10))) struct ReplayTests {
    private static let csv = """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        1,A,POT,6,12/1/10 8:26,2.50,7,United Kingdom
        1,B,TIN,2,12/1/10 8:26,1,7,United Kingdom
        1,A,POT,1,12/1/10 8:26,2.50,7,United Kingdom
        2,A,POT,10,12/1/10 8:28,2.10,8,France
        3,A,POT,1,12/1/10 8:30,2.50,7,United Kingdom
        4,B,TIN,3,12/1/10 8:31,1,9,United Kingdom
        5,B,TIN,3,12/1/10 8:32,1.10,,United Kingdom
        """

    private func replay(_ shop: StandInShop, run: String = "run-1", shoppers: Int = 4) async throws -> (ReplayReport, [JournalEntry]) {
        let file = try RetailFile(csv: Array(Self.csv.utf8))
        let folder = FileManager.default.temporaryDirectory.appending(path: "souk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let journal = folder.appending(path: "journal.ndjson").path
        let writer = try Journal(appendingTo: journal)
        var rule = RetryRule(patience: .seconds(300))
        rule.firstPause = .milliseconds(1)
        rule.longestPause = .milliseconds(2)
        let client = ShopClient(transport: shop, rule: rule)
        var configuration = Replay.Configuration(run: run)
        configuration.shoppers = shoppers
        let replay = Replay(
            SalesPlan(file),
            configuration: configuration,
            client: client,
            staff: Session(client: client, email: "staff@souk.example", password: "staff"),
            passwords: CustomerPasswords(path: folder.appending(path: "customers.json").path),
            record: { try writer.record($0) },
            progress: Progress(isTerminal: false)
        )
        let results = try await replay.run()
        let report = ReplayReport(file: file, results: results, tally: client.tally.current, took: .zero)
        return (report, try Journal.read(journal))
    }

    @Test func wholeFileIsSoldAtItsOwnPrices() async throws {
        let shop = StandInShop()
        let (report, journal) = try await self.replay(shop)
        #expect(report.isRight, "\(report.text)")
        #expect(report.confirmedTotal == 1750 + 200 + 2100 + 250 + 300 + 330)
        #expect(journal.map(\.sale).sorted() == ["1", "2", "3", "4", "5"])
        #expect(Set(journal.map(\.key)) == ["run-1-1", "run-1-2", "run-1-3", "run-1-4", "run-1-5"])
        #expect(await shop.priceChanges == 3)
    }

    @Test func everybodySeesWhatTheyWrote() async throws {
        let (report, _) = try await self.replay(StandInShop())
        // Five carts, five orders, three prices.
        #expect(report.tally.readBacks == 13)
        #expect(report.text.contains("own writes read back      13, of them stale 0"))
    }

    @Test func readsThatDoNotShowTheReadersOwnWritesAreReported() async throws {
        let (report, _) = try await self.replay(StandInShop(readsAreStale: true))
        #expect(!report.isRight)
        #expect(report.confirmedTotal == report.file.total)
        #expect(!report.tally.stale.isEmpty)
        #expect(report.text.contains("STALE, does not show the reader's own write: GET /v1/cart: 200"), "\(report.text)")
    }

    @Test func answersThatGetLostChangeNothing() async throws {
        for every in [2, 3, 5, 7] {
            let shop = StandInShop(losesEvery: every)
            let (report, journal) = try await self.replay(shop)
            #expect(report.isRight, "\(report.text)")
            #expect(await shop.placed.count == 5)
            #expect(journal.count == 5)
        }
    }

    @Test func secondReplayOfTheSameShopSellsTheSameMoneyAgain() async throws {
        let shop = StandInShop()
        let (first, _) = try await self.replay(shop, run: "run-1")
        let (second, _) = try await self.replay(shop, run: "run-2")
        #expect(first.isRight && second.isRight)
        #expect(first.confirmedTotal == second.confirmedTotal)
        #expect(await shop.placed.count == 10)
    }

    @Test func cancelledOrdersAreReportedAsWrong() async throws {
        // Staff restocks to suffice; here somebody else buys everything in between.
        let shop = GreedyShop(StandInShop())
        let client = ShopClient(transport: shop, rule: RetryRule(patience: .seconds(300)))
        let file = try RetailFile(csv: Array(Self.csv.utf8))
        let path = FileManager.default.temporaryDirectory.appending(path: "customers-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let replay = Replay(
            SalesPlan(file),
            configuration: Replay.Configuration(run: "run-1"),
            client: client,
            staff: Session(client: client, email: "staff@souk.example", password: "staff"),
            passwords: CustomerPasswords(path: path),
            record: { _ in },
            progress: Progress(isTerminal: false)
        )
        let results = try await replay.run()
        let report = ReplayReport(file: file, results: results, tally: client.tally.current, took: .zero)
        #expect(!report.isRight)
        #expect(report.text.contains("cancelled, out_of_stock"))
    }

    @Test func sessionOutlivesItsTokens() async throws {
        let shop = StandInShop()
        let client = ShopClient(transport: shop, rule: RetryRule(patience: .seconds(300)))
        let session = Session(client: client, email: "staff@souk.example", password: "staff")
        let request = ShopRequest("GET", "/v1/cart")
        #expect(try await session.send(request).status == 200)
        await shop.expireTokens()
        #expect(try await session.send(request).status == 200)
    }
}

/// Sells a stock of nothing: what staff puts on the shelf is gone before anybody orders.
private struct GreedyShop: ShopTransport {
    private let shop: StandInShop

    init(_ shop: StandInShop) {
        self.shop = shop
    }

    func send(_ request: ShopRequest) async throws -> ShopAnswer {
        if request.method == "POST", request.path == "/v1/orders" { await self.shop.sellOut() }
        return try await self.shop.send(request)
    }
}
