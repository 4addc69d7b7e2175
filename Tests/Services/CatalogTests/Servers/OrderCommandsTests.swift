import Commerce
import Contracts
import Events
import Foundation
import Postgres
import SwiftProtobuf
import TestSupport
import Testing
import Wire

@testable import CatalogService

/// Commands on their whole way: an outbox of orders, its relay, a log, the consumer, the answers in catalog's outbox.
@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct OrderCommandsTests {
    private func say(_ message: some EventMessage, about order: String, _ outbox: Outbox, _ postgres: PostgresClient) async throws {
        let event = try NewEvent(message, key: order, aggregateType: "order", aggregateVersion: 1)
        try await postgres.withTransaction { outbox.append([event], in: $0) }
    }

    @Test func aCommandIsHeardAndAnswered() async throws {
        try await CatalogBench.with { catalog in
            try await CatalogBench.schema(Outbox.migrations) { orders in
                let log = InMemoryEventLog()
                let outbox = Outbox(topic: Topic.orders.rawValue, source: "souk/orders")
                let relay = OutboxRelay(outbox: outbox, postgres: orders, log: log)
                let consumer = EventConsumer(
                    group: "catalog", topics: [TopicSubscription(topic: Topic.orders.rawValue)], log: log,
                    postgres: catalog.postgres, handler: OrderCommands(settle: catalog.settle)
                )
                let running = [Task { try await relay.run() }, Task { try await consumer.run() }]
                defer { for task in running { task.cancel() } }
                try await catalog.create("a", stock: 3)
                var reserve = Souk_Events_V1_ReserveStock()
                (reserve.commandID, reserve.orderID) = ("cmd_1", "ord_1")
                reserve.lines = [.with { ($0.sku, $0.quantity) = ("a", 2) }]
                // The saga sends it again when the answer is late.
                for _ in 0..<2 { try await self.say(reserve, about: "ord_1", outbox, orders) }
                var release = Souk_Events_V1_ReleaseStock()
                (release.commandID, release.orderID) = ("cmd_2", "ord_1")
                try await self.say(release, about: "ord_1", outbox, orders)
                let answers = ["stock.reserved 1", "stock.reserved 2", "stock.released 3"]
                let isAnswered = try await eventually(within: .seconds(120)) { try await catalog.said(about: "ord_1") == answers }
                #expect(isAnswered)
                #expect(try await catalog.stock("a") == "3 0 0")
            }
        }
    }

    @Test func aCommandThatCannotBeReadStopsOnlyItsOrder() async throws {
        try await CatalogBench.with { catalog in
            let commands = OrderCommands(settle: catalog.settle)
            try await catalog.create("a", stock: 3)
            for lines in [[], [("a", Int32(0))], [("a", -1)], [("not a code", 1)]] as [[(String, Int32)]] {
                var reserve = Souk_Events_V1_ReserveStock()
                (reserve.commandID, reserve.orderID) = ("cmd_1", "ord_1")
                reserve.lines = lines.map { line in .with { ($0.sku, $0.quantity) = line } }
                let event = try Self.envelope(reserve)
                await #expect(throws: (any Error).self) {
                    try await catalog.postgres.withTransaction { try await commands.handle(event, in: $0) }
                }
            }
            #expect(try await catalog.stock("a") == "3 0 0")
            #expect(try await catalog.said(about: "ord_1").isEmpty)
        }
    }

    private static func envelope(_ message: some EventMessage) throws -> EventEnvelope {
        let event = try NewEvent(message, key: "ord_1", aggregateType: "order", aggregateVersion: 1)
        return EventEnvelope(
            id: "1", source: "souk/orders", type: event.type, subject: event.key, aggregateType: event.aggregateType,
            aggregateVersion: 1, time: .now, traceparent: nil, payload: event.payload,
            partition: LogPartition(topic: "orders", index: 0), position: LogPosition(epoch: 1, sequence: 1),
            previous: LogPosition(epoch: 1, sequence: 0)
        )
    }
}
