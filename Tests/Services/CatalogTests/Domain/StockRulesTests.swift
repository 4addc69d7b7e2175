import CatalogDomain
import Commerce
import Testing

@Suite struct StockRulesTests {
    private func line(_ sku: String, _ quantity: Int64) throws -> StockLine {
        StockLine(sku: try SKU(sku), quantity: quantity)
    }

    @Test func linesOfOneProductAreJoinedAndSortedByCode() throws {
        let lines = [try self.line("b", 2), try self.line("a", 1), try self.line("B", 5), try self.line("b", 3)]
        #expect(StockLine.merged(lines) == [try self.line("B", 5), try self.line("a", 1), try self.line("b", 5)])
    }

    @Test func anOrderIsShortOfWhatIsNotThere() throws {
        let lines = [try self.line("a", 1), try self.line("b", 5), try self.line("c", 1)]
        let stock = [try SKU("a"): Int64(1), try SKU("b"): 4]
        let shortages = StockShortage.among(lines, stock: stock)
        #expect(
            shortages == [
                StockShortage(sku: try SKU("b"), wanted: 5, available: 4),
                StockShortage(sku: try SKU("c"), wanted: 1, available: 0),
            ])
    }

    @Test(arguments: [0, 1_000_001, -1_000_001, Int64.max, .min])
    func aDeltaOutOfBoundsIsRefused(value: Int64) {
        #expect(throws: CatalogViolations.self) { try StockDelta(value) }
    }

    @Test func anOpeningStockMayBeZeroButNotBelow() throws {
        #expect(try StockDelta.opening(0) == nil)
        #expect(try StockDelta.opening(7)?.value == 7)
        #expect(throws: CatalogViolations.self) { try StockDelta.opening(-1) }
        #expect(throws: CatalogViolations.self) { try StockDelta.opening(1_000_001) }
    }
}
