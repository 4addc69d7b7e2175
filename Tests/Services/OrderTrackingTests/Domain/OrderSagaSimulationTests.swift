import Commerce
import OrderTrackingDomain
import TestSupport
import Testing

/// Plays the saga against a catalog and a payments that answer late, twice or not at all, in every order that the event
/// log allows (commands and answers keep their order per service), and asks at the end whether anything is left over.
@Suite struct OrderSagaSimulationTests {
    /// What catalog and payments keep for one order, as their own rules demand.
    private struct World {
        var saga = OrderSaga(total: Money(amount: 500, currency: .gbp))
        var toCatalog: [SagaCommand] = []
        var toPayments: [SagaCommand] = []
        var fromCatalog: [SagaReply] = []
        var fromPayments: [SagaReply] = []
        var stockHeld = false
        var stockClosed = false
        var authorized = false
        var voided = false

        mutating func send(_ step: SagaStep) {
            for command in step.commands {
                switch command {
                case .reserveStock, .releaseStock, .commitStock: self.toCatalog.append(command)
                case .authorizePayment, .voidPayment, .capturePayment, .refundPayment: self.toPayments.append(command)
                }
            }
        }

        mutating func catalogWorks(inStock: Bool) {
            guard !self.toCatalog.isEmpty else { return }
            switch self.toCatalog.removeFirst() {
            case .reserveStock:
                if self.stockClosed || (!self.stockHeld && !inStock) { return self.fromCatalog.append(.stockRejected(detail: "")) }
                self.stockHeld = true
                self.fromCatalog.append(.stockReserved)
            case .releaseStock:
                (self.stockHeld, self.stockClosed) = (false, true)
                self.fromCatalog.append(.stockReleased)
            default:
                break
            }
        }

        mutating func paymentsWorks(approves: Bool) {
            guard !self.toPayments.isEmpty else { return }
            switch self.toPayments.removeFirst() {
            case .authorizePayment:
                if self.voided || (!self.authorized && !approves) { return self.fromPayments.append(.paymentDeclined(reason: "")) }
                self.authorized = true
                self.fromPayments.append(.paymentAuthorized)
            case .voidPayment:
                (self.authorized, self.voided) = (false, true)
                self.fromPayments.append(.paymentVoided)
            default:
                break
            }
        }
    }

    @Test func nothingIsLeftOverWhateverHappens() {
        var outcomes: Set<String> = []
        for seed in UInt64(1)...3_000 {
            var generator = SeededGenerator(seed: seed)
            let world = self.play(&generator)
            let saga = world.saga
            outcomes.insert("\(saga.status.rawValue) \(saga.cancelReason?.rawValue ?? "-")")
            switch saga.status {
            case .confirmed: #expect(world.stockHeld && world.authorized, "seed \(seed)")
            case .cancelled: #expect(!world.stockHeld && !world.authorized, "seed \(seed)")
            default: Issue.record("seed \(seed) ended \(saga.status)")
            }
            #expect(saga.unanswered.isEmpty, "seed \(seed)")
        }
        // Every way out was taken, so the run says something about each.
        #expect(
            outcomes == [
                "confirmed -", "cancelled out_of_stock", "cancelled payment_declined", "cancelled customer", "cancelled timeout",
            ]
        )
    }

    private func play(_ generator: inout SeededGenerator) -> World {
        var world = World()
        let inStock = Int.random(in: 0..<5, using: &generator) > 0
        let approves = Int.random(in: 0..<5, using: &generator) > 0
        world.send(world.saga.begin())
        for _ in 0..<Int.random(in: 0...30, using: &generator) { self.happen(&world, inStock, approves, &generator) }
        // Calm: everything that is under way arrives, and what is overdue is sent again, until nothing moves.
        while !(world.toCatalog.isEmpty && world.toPayments.isEmpty && world.fromCatalog.isEmpty && world.fromPayments.isEmpty)
            || !world.saga.unanswered.isEmpty
        {
            if world.toCatalog.isEmpty, world.toPayments.isEmpty, world.fromCatalog.isEmpty, world.fromPayments.isEmpty {
                var again = SagaStep()
                again.commands = world.saga.unanswered
                world.send(again)
            }
            self.settle(&world, inStock, approves)
        }
        return world
    }

    private func happen(_ world: inout World, _ inStock: Bool, _ approves: Bool, _ generator: inout SeededGenerator) {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<25: world.catalogWorks(inStock: inStock)
        case 25..<50: world.paymentsWorks(approves: approves)
        case 50..<65: if !world.fromCatalog.isEmpty { world.send(world.saga.apply(world.fromCatalog.removeFirst())) }
        case 65..<80: if !world.fromPayments.isEmpty { world.send(world.saga.apply(world.fromPayments.removeFirst())) }
        case 80..<84: if let answer = world.fromCatalog.first { world.fromCatalog.insert(answer, at: 0) }
        case 84..<88: if let answer = world.fromPayments.first { world.fromPayments.insert(answer, at: 0) }
        case 88..<94:
            var again = SagaStep()
            again.commands = world.saga.unanswered
            world.send(again)
        case 94..<96: if let step = try? world.saga.apply(.cancel) { world.send(step) }
        case 96..<98: world.send(world.saga.apply(.stepTimedOut))
        default: break
        }
    }

    private func settle(_ world: inout World, _ inStock: Bool, _ approves: Bool) {
        world.catalogWorks(inStock: inStock)
        world.paymentsWorks(approves: approves)
        if !world.fromCatalog.isEmpty { world.send(world.saga.apply(world.fromCatalog.removeFirst())) }
        if !world.fromPayments.isEmpty { world.send(world.saga.apply(world.fromPayments.removeFirst())) }
    }
}
