import SoukctlCommands
import Testing

@Suite struct ReplayReportTests {
    private func file() throws -> RetailFile {
        let text = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,A,X,2,12/1/10 8:26,2.50,7,UK
            C2,A,X,-1,12/1/10 8:26,2.50,7,UK
            3,A,,5,12/1/10 8:26,0,,UK
            4,A,X,one,12/1/10 8:26,1,7,UK
            """
        return try RetailFile(csv: Array(text.utf8))
    }

    private func report(_ results: [SaleResult]) throws -> ReplayReport {
        ReplayReport(file: try self.file(), results: results, tally: ShopTally.Counts(), took: .seconds(3))
    }

    @Test func rightMorningHasTheFilesSum() throws {
        let report = try self.report([SaleResult(sale: "1", total: 500, ending: .confirmed)])
        #expect(report.isRight)
        #expect(report.text.contains("sum of the file's sales   5.00 GBP, the same"))
    }

    @Test func nothingIsDroppedInSilence() throws {
        let text = try self.report([]).text
        #expect(text.contains("Credit notes, not replayed: 1 with 1 lines, -2.50 GBP"))
        #expect(text.contains("No sale, line 4: 3, A, 5 pieces: price 0, no description, no customer"))
        #expect(text.contains("Broken, line 5: the quantity 'one' is no whole number"))
    }

    @Test func pennyTooMuchIsWrong() throws {
        let report = try self.report([SaleResult(sale: "1", total: 501, ending: .confirmed)])
        #expect(!report.isRight)
        #expect(report.text.contains("DIFFERENT"))
    }

    @Test func cancelledOrdersAreCountedByReason() throws {
        let report = try self.report([SaleResult(sale: "1", total: 500, ending: .cancelled(reason: "out_of_stock"))])
        #expect(!report.isRight)
        #expect(report.text.contains("cancelled, out_of_stock   1"))
        #expect(report.text.contains("WRONG, 1: cancelled, out_of_stock"))
    }

    @Test func orderThatDiffersFromTheFileIsWrong() throws {
        var result = SaleResult(sale: "1", total: 500, ending: .confirmed)
        result.differences = ["A: ordered nothing, file 2 × 2.50"]
        #expect(try !self.report([result]).isRight)
    }

    @Test func percentilesAreByNearestRank() throws {
        let percentiles = try #require(Percentiles((1...100).map { .milliseconds($0) }))
        #expect(percentiles.text == "p50 50 ms, p90 90 ms, p99 99 ms, max 100 ms")
        #expect(Percentiles([.milliseconds(7)])?.p99 == .milliseconds(7))
        #expect(Percentiles([]) == nil)
    }

    @Test func barFillsUp() {
        #expect(Progress.bar(done: 1, total: 4, width: 8) == "[##......]")
        #expect(Progress.bar(done: 0, total: 0, width: 2) == "[##]")
    }
}
