import SoukctlCommands
import Testing

@Suite struct RetailFileTests {
    private static let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

    private func file(_ lines: String...) throws -> RetailFile {
        try RetailFile(csv: Array((Self.header + lines.joined(separator: "\n")).utf8))
    }

    @Test func saleIsReadWithItsTimeAndMoney() throws {
        let file = try self.file("536365,85123a,\"HEART, WHITE\",6,12/1/10 8:26,2.55,17850,United Kingdom")
        let line = try #require(file.sold.first)
        #expect(line.sku == "85123A")
        #expect(line.description == "HEART, WHITE")
        #expect(line.total == 1530)
        #expect(line.customer == "17850")
        #expect(line.time == RetailTime("2010-12-01 08:26:00"))
        #expect(line.time.seconds == 1_291_191_960)
        #expect(file.total == 1530)
    }

    @Test func everyLineLandsInOneHeap() throws {
        let file = try self.file(
            "536365,A1,X,6,12/1/10 8:26,2.55,17850,United Kingdom",
            "C536379,D,Discount,-1,12/1/10 9:41,27.5,14527,United Kingdom",
            "536414,A1,,56,12/1/10 11:52,0,,United Kingdom",
            "536415,A1,X,six,12/1/10 11:52,1,,United Kingdom"
        )
        #expect(file.sold.count == 1)
        #expect(file.credited == -2750)
        #expect(file.notSold.map(\.reason) == ["price 0, no description, no customer"])
        #expect(file.broken == [CSVFault(line: 5, reason: "the quantity 'six' is no whole number")])
    }

    @Test(arguments: [
        ("5,A1,X,1,yesterday,1,1,UK", "the date 'yesterday' cannot be read"),
        ("5,A1,X,1,12/1/10 8:26,1.005,1,UK", "the price '1.005' has a fraction of a penny"),
        ("5,A/1,X,1,12/1/10 8:26,1,1,UK", "the stock code 'A/1' cannot be a SKU"),
        (",A1,X,1,12/1/10 8:26,1,1,UK", "has no invoice number"),
        ("5,,X,1,12/1/10 8:26,1,1,UK", "has no stock code"),
        ("5,A1,X,1,12/1/10 8:26,1,1", "has 7 fields where the header has 8"),
    ])
    func brokenLineSaysWhatIsWrong(line: String, reason: String) throws {
        #expect(try self.file(line).broken == [CSVFault(line: 2, reason: reason)])
    }

    @Test func secondEditionOfTheDataSetIsReadToo() throws {
        let text = """
            Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
            489434,A1,X,2,2009-12-01 07:45:00,6.95,13085.0,UK
            """
        let line = try #require(try RetailFile(csv: Array(text.utf8)).sold.first)
        #expect(line.customer == "13085")
        #expect(line.price == 695)
    }

    @Test func headerWithoutAColumnIsRefused() {
        #expect(throws: CSVFault(line: 1, reason: "the header has no column StockCode")) {
            try RetailFile(csv: Array("InvoiceNo,Description\n".utf8))
        }
        #expect(throws: CSVFault.self) { try RetailFile(csv: []) }
    }
}
