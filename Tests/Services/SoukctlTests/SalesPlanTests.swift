import SoukctlCommands
import Testing

@Suite struct SalesPlanTests {
    private func plan(_ lines: String...) throws -> SalesPlan {
        let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        return SalesPlan(try RetailFile(csv: Array((header + lines.joined(separator: "\n")).utf8)))
    }

    @Test func repeatedCodesOfAnInvoiceAddUp() throws {
        let plan = try self.plan(
            "1,A,X,1,12/1/10 8:26,2.50,7,UK",
            "1,B,Y,1,12/1/10 8:26,1,7,UK",
            "1,a,X,3,12/1/10 8:26,2.50,7,UK"
        )
        let sale = try #require(plan.sales.first)
        #expect(sale.additions.count == 3)
        #expect(
            sale.lines == [
                SaleLine(sku: "A", quantity: 4, unitPrice: 250),
                SaleLine(sku: "B", quantity: 1, unitPrice: 100),
            ]
        )
        #expect(plan.total == 1100)
    }

    @Test func twoPricesOfACodeInAnInvoiceBecomeTwoOrders() throws {
        let plan = try self.plan("1,A,X,1,12/1/10 8:26,2.50,7,UK", "1,A,X,1,12/1/10 8:26,2.10,7,UK", "1,A,X,5,12/1/10 8:26,2.50,7,UK")
        #expect(plan.sales.map(\.id) == ["1", "1-2"])
        #expect(plan.sales.map(\.total) == [1500, 210])
    }

    @Test func productsHaveTheirFirstPriceAndStockForTheWholeFile() throws {
        let plan = try self.plan("1,A,,1,12/1/10 8:26,2.50,7,UK", "2,A,POT,4,12/1/10 8:30,2.10,8,UK")
        #expect(plan.products == [PlannedProduct(sku: "A", name: "POT", price: 250, stock: 5)])
    }

    @Test func saleWithoutACustomerIsAWalkIn() throws {
        let plan = try self.plan("1,A,X,1,12/1/10 8:26,2.50,,UK", "2,A,X,1,12/1/10 8:26,2.50,,UK")
        #expect(plan.customers == ["walk-in-1", "walk-in-2"])
    }
}
