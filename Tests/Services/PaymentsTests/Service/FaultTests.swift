import Commerce
import Contracts
import PSPSimulatorService
import PaymentsDomain
import PaymentsService
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct FaultTests {
    @Test func aLostAnswerIsOneChargeAndOneReply() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card("4000000000000119")), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            try await shop.send(order.capture(100), order: order.order)
            #expect(try await shop.replies(2, order.order).map(\.name) == ["authorized", "captured"])
            #expect(try shop.simulator.journal().map(\.type) == [.authorized, .captured])
        }
    }

    @Test func anAnswerThatComesTooLateIsOneCharge() async throws {
        try await PaymentsHarness.with(lostAnswer: .delay(.seconds(8)), requestTimeout: .seconds(2)) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card("4000000000000119")), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            #expect(try shop.simulator.journal().count == 1)
        }
    }

    @Test func anOutcomeStaysUnknownUntilItIsKnown() async throws {
        try await PaymentsHarness.with(wrap: { ForgetfulGateway($0, losses: 3) }) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            #expect(try shop.simulator.journal().count == 1)
            #expect(try await shop.number("select attempts::bigint from psp_calls") == 4)
            #expect(try await shop.number("select count(*) from psp_calls where state <> 'done'") == 0)
        }
    }

    @Test func aProviderThatFailsTwiceApprovesInTheEnd() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card("4000000000000341")), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
        }
    }

    @Test func aCommandThatComesTwiceWorksOnceAndIsAnsweredTwice() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            let command = order.authorize(100, method: try await shop.card())
            try await shop.send(command, command, order: order.order)
            _ = try await shop.replies(1, order.order)
            try await shop.send(command, order: order.order)
            let replies = try await shop.replies(2, order.order)
            #expect(Set(replies).count == 1 && replies.count >= 2)
            #expect(try shop.simulator.journal().count == 1)
            #expect(try await shop.number("select count(*) from ledger_transactions") == 1)
        }
    }

    @Test func aCrashBetweenIntentAndCallLosesNothing() async throws {
        try await PaymentsHarness.with(runsWorker: false) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            #expect(
                try await eventually(within: .seconds(120)) {
                    try await shop.number("select count(*) from psp_calls where state = 'pending'") == 1
                })
            #expect(try shop.simulator.journal().isEmpty)
            // The next process finds the intent.
            await shop.assembly.worker.runOnce()
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            #expect(try shop.simulator.journal().count == 1)
        }
    }

    @Test func aCrashBetweenCallAndItsResultChargesOnce() async throws {
        try await PaymentsHarness.with(runsWorker: false) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            #expect(try await eventually(within: .seconds(120)) { try await shop.number("select count(*) from psp_calls") == 1 })
            // An instance claims the call, charges, and dies with the answer in its hand; its lease ends.
            let queue = PostgresCallQueue(postgres: shop.postgres, processor: shop.assembly.processor)
            let call = try #require(try await queue.claim(limit: 10, lease: .zero).first)
            _ = try await shop.gateway.perform(call, .authorize)
            #expect(try shop.simulator.journal().count == 1)
            #expect(try await shop.replies(order.order).isEmpty)
            await shop.assembly.worker.runOnce()
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            #expect(try shop.simulator.journal().count == 1)
        }
    }

    @Test func aClaimedCallIsPassedOverByOthersUntilItsLeaseEnds() async throws {
        try await PaymentsHarness.with(runsWorker: false) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            #expect(try await eventually(within: .seconds(120)) { try await shop.number("select count(*) from psp_calls") == 1 })
            let queue = PostgresCallQueue(postgres: shop.postgres, processor: shop.assembly.processor)
            let call = try #require(try await queue.claim(limit: 10, lease: .seconds(600)).first)
            #expect(try await queue.claim(limit: 10, lease: .seconds(600)).isEmpty)
            // Two answers to one call: the second finds it settled.
            let answer = try await shop.gateway.perform(call, .authorize)
            try await queue.settle(call, .authorize, answer)
            try await queue.settle(call, .authorize, answer)
            #expect(try await shop.replies(order.order).count == 1)
            #expect(try await shop.number("select count(*) from ledger_transactions") == 1)
        }
    }

    @Test func manyOrdersOnSeveralInstancesAreChargedOnceEach() async throws {
        try await PaymentsHarness.with { shop in
            let method = try await shop.card()
            let second = PaymentsAssembly(
                postgres: shop.postgres, log: shop.log, gateway: shop.gateway,
                worker: CallWorkerConfiguration(pollInterval: .milliseconds(10)), logger: .quiet
            )
            let other = Task { await second.worker.run() }
            let orders = (0..<40).map { _ in Commands(account: shop.account) }
            for order in orders { try await shop.send(order.authorize(100, method: method), order: order.order) }
            for order in orders {
                #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            }
            other.cancel()
            await other.value
            #expect(try shop.simulator.journal().count == orders.count)
        }
    }
}
