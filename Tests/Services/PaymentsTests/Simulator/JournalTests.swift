import Foundation
import PSPSimulatorService
import Testing

@Suite struct JournalTests {
    @Test(.timeLimit(.minutes(10))) func linesOfManyWritersAreAllThereAgain() async throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (journal, empty) = try Journal.open(path: path)
        #expect(empty.isEmpty)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask {
                    try journal.append(try Self.line(number))
                    try await journal.flushed()
                }
            }
            try await group.waitForAll()
        }
        let size = try await journal.flushed()
        #expect(size == UInt64(try Data(contentsOf: URL(filePath: path)).count))
        #expect(Set(try Journal.open(path: path).records.map(\.sequence)) == Set(1...200))
    }

    @Test func pagesTogetherAreTheWhole() async throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (journal, _) = try Journal.open(path: path)
        for number in 1...10 { try journal.append(try Self.line(number)) }
        var (pages, after) = (Data(), 0)
        while true {
            let page = try await journal.lines(after: after, limit: 3)
            guard !page.isEmpty else { break }
            pages += page
            after += 3
        }
        #expect(pages == (try Data(contentsOf: URL(filePath: path))))
        #expect(after == 12)
    }

    @Test func aTornLastLineIsCutOff() throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let whole = try Self.line(1) + Data("\n".utf8)
        try (whole + Data(#"{"seq":2,"at":"#.utf8)).write(to: URL(filePath: path))
        #expect(try Journal.open(path: path).records.map(\.sequence) == [1])
        #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    }

    @Test func damageBeforeTheEndStopsTheStart() throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try (Data("nonsense\n".utf8) + Self.line(1) + Data("\n".utf8)).write(to: URL(filePath: path))
        let error = #expect(throws: JournalError.self) { try Journal.open(path: path) }
        #expect(error?.code == .damaged(line: 1))
    }

    @Test func recordsHaveTheNamesThatAuditorsRead() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4242424242424242", amount: 1299)
        _ = provider.run(.capture(intent: intent.id, amount: 1000), key: "k")
        let data = try JSONEncoder().encode(try #require(provider.records.last))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["type"] as? String == "captured")
        #expect(object["order_id"] as? String == "ord_1" && object["payment_id"] as? String == "pay_1")
        #expect(object["amount"] as? Int == 1000 && object["currency"] as? String == "GBP")
        #expect(object["seq"] as? Int == 3 && object["idempotency_key"] as? String == "k")
    }

    private static func path() -> String {
        FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).ndjson").path()
    }

    private static func line(_ number: Int) throws -> Data {
        Data(#"{"seq":\#(number),"at":"2026-01-01T00:00:00.000Z","type":"captured","amount":\#(number)}"#.utf8)
    }
}
