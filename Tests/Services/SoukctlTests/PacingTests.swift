import ArgumentParser
import SoukctlCommands
import Testing

@Suite struct PacingTests {
    private let first = RetailTime(seconds: 1_000)

    @Test func maxIsNeverDueLater() {
        #expect(Pacing.max.due(9, at: RetailTime(seconds: 5_000), first: self.first) == .zero)
    }

    @Test func speedShortensTheFilesTime() {
        #expect(Pacing.speed(60).due(9, at: RetailTime(seconds: 1_120), first: self.first) == .seconds(2))
    }

    @Test func rateSpacesSalesEvenly() {
        #expect(Pacing.rate(4).due(6, at: self.first, first: self.first) == .milliseconds(1_500))
    }

    @Test func commandLineAsksForOnePacingOnly() throws {
        #expect(try ReplayCommand.parse(["f.csv", "--speed", "120"]).pacing() == .speed(120))
        #expect(try ReplayCommand.parse(["f.csv"]).pacing() == .max)
        #expect(throws: (any Error).self) { try ReplayCommand.parse(["f.csv", "--speed", "2", "--rate", "3"]) }
        #expect(throws: (any Error).self) { try ReplayCommand.parse(["f.csv", "--speed", "fast"]) }
    }
}
