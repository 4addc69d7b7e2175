package import ArgumentParser
import Foundation

/// `soukctl replay`: sells a recorded morning through the shop's public HTTP API.
package struct ReplayCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Sells a file of the UCI \"Online Retail\" data set through the shop.",
        discussion: """
            Staff makes products and stock, every customer gets an account, and every invoice becomes an order at the \
            file's prices. Exits with 1 when an order, the sum of money or the audit is wrong.
            """
    )

    @Argument(help: "The CSV file.")
    package var file: String

    @Option(help: "'max', or how many times faster than the file's own clock.")
    package var speed: String?

    @Option(help: "Orders per second.")
    package var rate: Double?

    @Option(help: "Shoppers at the same time.")
    package var shoppers: Int = 8

    @Option(help: "Seconds that a request with its retries, or an order, may take.")
    package var patience: Int = 120

    @Option(help: "Where to write down acknowledged orders. Default: journal.ndjson beside shop.json.")
    package var journal: String?

    @Option(help: "The shop's file. Default: SOUK_SHOP, else .souk/shop.json here or in a folder above.")
    package var shop: String?

    @Option(help: "Seconds that the auditor waits for events that are still on their way.")
    package var auditWait: Int = 30

    @Flag(help: "Leave out the audit.")
    package var skipAudit = false

    package init() {}

    package func validate() throws {
        guard (1...256).contains(self.shoppers) else { throw ValidationError("--shoppers is 1 to 256.") }
        guard (1...3_600).contains(self.patience) else { throw ValidationError("--patience is 1 to 3600 seconds.") }
        _ = try self.pacing()
    }

    /// What `--speed` and `--rate` ask for.
    package func pacing() throws -> Pacing {
        if let rate = self.rate {
            guard self.speed == nil else { throw ValidationError("Give --speed or --rate, not both.") }
            guard rate > 0, rate.isFinite else { throw ValidationError("--rate is a number above 0.") }
            return .rate(rate)
        }
        guard let speed = self.speed, speed != "max" else { return .max }
        guard let factor = Double(speed), factor > 0, factor.isFinite else {
            throw ValidationError("--speed is 'max' or a number above 0.")
        }
        return .speed(factor)
    }

    package mutating func run() async throws {
        let shopPath = ShopFile.path(option: self.shop, environment: ProcessInfo.processInfo.environment)
        let shop = try ShopFile.load(shopPath)
        let retail = try self.retailFile()
        let journalPath = self.journal ?? ShopFile.beside(shopPath, "journal.ndjson")
        let report = try await self.replay(retail, shop, shopPath: shopPath, journal: try Journal(appendingTo: journalPath))
        print(report.text)
        guard !self.skipAudit else {
            if !report.isRight { throw ExitCode.failure }
            return
        }
        print("")
        let audit = try await AuditCommand.audit(
            shop,
            journal: journalPath,
            wait: .seconds(self.auditWait),
            stuckAfter: AuditCommand.longestSaga
        )
        print(audit.text)
        if !report.isRight || !audit.isClean { throw ExitCode.failure }
    }

    private func retailFile() throws(SoukctlError) -> RetailFile {
        guard let data = FileManager.default.contents(atPath: self.file) else {
            throw SoukctlError(.usage, "\(self.file): no such file")
        }
        do throws(CSVFault) {
            return try RetailFile(csv: Array(data))
        } catch {
            throw SoukctlError(.usage, "\(self.file), line \(error.line): \(error.reason)")
        }
    }

    private func replay(_ file: RetailFile, _ shop: ShopFile, shopPath: String, journal: Journal) async throws -> ReplayReport {
        let plan = SalesPlan(file)
        var configuration = Replay.Configuration(run: "replay-\(UUID().uuidString.prefix(8).lowercased())")
        configuration.pacing = try self.pacing()
        configuration.shoppers = self.shoppers
        configuration.patience = .seconds(self.patience)
        let tally = ShopTally()
        let rule = RetryRule(patience: configuration.patience)
        let client = ShopClient(transport: HTTPTransport(origin: shop.url), rule: rule, tally: tally)
        let replay = Replay(
            plan,
            configuration: configuration,
            client: client,
            staff: Session(client: client, email: shop.staff.email, password: shop.staff.password),
            passwords: CustomerPasswords(path: ShopFile.beside(shopPath, "customers.json")),
            record: { try journal.record($0) },
            progress: Progress()
        )
        let start = ContinuousClock.now
        let results = try await replay.run()
        return ReplayReport(file: file, results: results, tally: tally.current, took: start.duration(to: .now))
    }
}
