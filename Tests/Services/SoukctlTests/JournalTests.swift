import Foundation
import SoukctlCommands
import Testing

@Suite struct JournalTests {
    private let entry = JournalEntry(
        run: "r",
        sale: "1",
        key: "r-1",
        orderID: "ord_1",
        checkoutID: nil,
        total: 500,
        currency: "GBP",
        lines: [JournalEntry.Line(sku: "A", quantity: 2, unitPrice: 250)]
    )

    @Test func writtenEntriesAreReadAgain() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).ndjson").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Journal(appendingTo: path).record(self.entry)
        try Journal(appendingTo: path).record(self.entry)
        #expect(try Journal.read(path) == [self.entry, self.entry])
    }

    @Test func lineWithoutItsEndIsLeftOut() throws {
        #expect(try Journal.entries(Array("{\"key\":\"r".utf8), path: "j").isEmpty)
    }

    @Test func damagedLineIsRefused() {
        #expect(throws: SoukctlError.self) { try Journal.entries(Array("{}\n".utf8), path: "j") }
    }
}
