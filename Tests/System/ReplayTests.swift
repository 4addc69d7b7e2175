import Foundation
import Testing

extension SystemTests {
    @Suite struct ReplayTests {
        /// A morning with every oddity of the real data set, small enough to count by hand: 420.45 GBP.
        private static let small = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/small-retail.csv").path

        private static func replay(_ file: String) async throws -> Command.Result {
            try await Command.soukctl("replay", file, "--patience", "600", "--audit-wait", "300")
        }

        @Test func smallFileIsSoldToThePenny() async throws {
            let replay = try await Self.replay(Self.small)
            #expect(replay.status == 0, "\(replay.output)")
            #expect(replay.output.contains("420.45 GBP, the same"))
            #expect(replay.output.contains("Credit notes, not replayed: 2 with 2 lines, -33.40 GBP"))
            #expect(replay.output.contains("No sale, line 12: 900006, SM1005, 56 pieces: price 0, no description, no customer"))
            #expect(replay.output.contains("Broken, line 15: the quantity 'six' is no whole number"))
            #expect(replay.output.contains("Audit: clean"))
        }

        @Test func secondReplaySellsTheSameMoneyAgain() async throws {
            let replay = try await Self.replay(Self.small)
            #expect(replay.status == 0, "\(replay.output)")
            #expect(replay.output.contains("420.45 GBP, the same"))
        }

        @Test func sampleIsSoldToThePenny() async throws {
            let sample = try #require(TestShop.sample, "the sample is not given; `make test` gives it")
            let replay = try await Self.replay(sample)
            #expect(replay.status == 0, "\(replay.output)")
            #expect(replay.output.contains("GBP, the same"))
            #expect(replay.output.contains("Audit: clean"))
        }

        @Test func auditFindsAJournalThatTheShopDoesNotKnow() async throws {
            let journal = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).ndjson")
            defer { try? FileManager.default.removeItem(at: journal) }
            let entry = #"{"run":"r","sale":"1","key":"k","order_id":"ord_lost","total":1,"currency":"GBP","lines":[]}"#
            try Data((entry + "\n").utf8).write(to: journal)
            let audit = try await Command.soukctl("audit", "--journal", journal.path, "--wait", "0")
            #expect(audit.status != 0)
            #expect(audit.output.contains("ord_lost (1) was acknowledged and is lost"))
        }
    }
}
