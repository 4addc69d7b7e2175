import SoukctlCommands
import Testing

@Suite struct SaleScheduleTests {
    private func sale(_ id: String, customer: String, _ lines: (String, Int64)...) -> Sale {
        Sale(
            id: id,
            customer: customer,
            country: "UK",
            time: RetailTime(seconds: 0),
            additions: lines.map { SaleLine(sku: $0.0, quantity: 1, unitPrice: $0.1) }
        )
    }

    private func ready(_ schedule: inout SaleSchedule) -> [Int] {
        var indices: [Int] = []
        while let index = schedule.next() { indices.append(index) }
        return indices
    }

    @Test func salesOfDifferentCustomersAtOnePriceRunTogether() {
        var schedule = SaleSchedule([self.sale("1", customer: "a", ("X", 100)), self.sale("2", customer: "b", ("X", 100))])
        #expect(self.ready(&schedule) == [0, 1])
    }

    @Test func customersNextSaleWaitsUntilTheLastIsFinished() {
        var schedule = SaleSchedule([self.sale("1", customer: "a", ("X", 100)), self.sale("2", customer: "a", ("Y", 100))])
        #expect(self.ready(&schedule) == [0])
        schedule.placed(0)
        #expect(self.ready(&schedule).isEmpty)
        schedule.finished(0)
        #expect(self.ready(&schedule) == [1])
    }

    @Test func anotherPriceWaitsUntilAllSalesAtTheOldOneArePlaced() {
        var schedule = SaleSchedule([
            self.sale("1", customer: "a", ("X", 100)),
            self.sale("2", customer: "b", ("X", 100)),
            self.sale("3", customer: "c", ("X", 120)),
            self.sale("4", customer: "d", ("X", 100)),
            self.sale("5", customer: "e", ("Y", 100)),
        ])
        #expect(self.ready(&schedule) == [0, 1, 4])
        schedule.placed(1)
        #expect(self.ready(&schedule).isEmpty)
        schedule.placed(0)
        #expect(self.ready(&schedule) == [2])
        schedule.finished(2)
        #expect(self.ready(&schedule) == [3])
    }

    @Test func everySaleRunsAndNoPriceIsChangedUnderAShopper() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let sales = (0..<30).map { index in
                let skus = ["X", "Y", "Z", "W"].shuffled(using: &random).prefix(2)
                let lines = skus.map { SaleLine(sku: $0, quantity: 1, unitPrice: Int64.random(in: 1...2, using: &random)) }
                let customer = String(Int.random(in: 0..<6, using: &random))
                return Sale(id: "\(index)", customer: customer, country: "UK", time: RetailTime(seconds: 0), additions: lines)
            }
            #expect(self.violations(sales, using: &random).isEmpty)
        }
    }

    /// Runs the sales in a random order of the steps that the schedule allows.
    private func violations(_ sales: [Sale], using random: inout SystemRandomNumberGenerator) -> [String] {
        var schedule = SaleSchedule(sales)
        var (holding, waiting, done) = ([Int](), [Int](), 0)
        var violations: [String] = []
        while true {
            while let index = schedule.next() {
                for other in holding {
                    let isConflict = sales[index].lines.contains { line in !sales[other].accepts(line) }
                    if isConflict { violations.append("\(index) and \(other) want different prices") }
                }
                let others = (holding + waiting).map { sales[$0].customer }
                if others.contains(sales[index].customer) { violations.append("\(index): customer is not alone") }
                holding.append(index)
            }
            if let place = holding.indices.randomElement(using: &random), waiting.isEmpty || Bool.random(using: &random) {
                let index = holding.remove(at: place)
                schedule.placed(index)
                waiting.append(index)
            } else if let place = waiting.indices.randomElement(using: &random) {
                schedule.finished(waiting.remove(at: place))
                done += 1
            } else {
                if done != sales.count || !schedule.isDone { violations.append("deadlock after \(done)") }
                return violations
            }
        }
    }
}
