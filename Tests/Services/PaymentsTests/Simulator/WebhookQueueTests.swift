import PSPSimulatorService
import Testing

@Suite struct WebhookQueueTests {
    @Test func eventsGoOutInOrderWithoutFaults() throws {
        var queue = WebhookQueue(faults: .none)
        let events = try Self.events(6)
        for event in events { queue.accept(event) }
        #expect(Self.drain(&queue, at: .zero) == events.map(\.id))
        #expect(queue.isEmpty)
    }

    @Test func faultsDoubleAndTurnRoundButLoseNothing() throws {
        var queue = WebhookQueue(faults: WebhookFaults(duplicates: true, reorders: true))
        let events = try Self.events(8)
        for event in events { queue.accept(event) }
        queue.release()
        let sent = Self.drain(&queue, at: .zero)
        #expect(Set(sent) == Set(events.map(\.id)))
        #expect(sent.count > events.count)
        let fifth = try #require(sent.firstIndex(of: events[4].id))
        let fourth = try #require(sent.firstIndex(of: events[3].id))
        #expect(fifth < fourth)
    }

    @Test func aRefusedDeliveryIsTriedAgainLaterAndLater() throws {
        var queue = WebhookQueue(faults: .none)
        let event = try #require(try Self.events(1).first)
        queue.accept(event)
        var now = Duration.zero
        for wait in [1, 2, 4, 8] {
            let due = queue.next(at: now)
            let delivery = try #require(due)
            queue.failed(delivery, at: now)
            let early = queue.next(at: now + .seconds(wait) - .milliseconds(1))
            #expect(early == nil)
            now += .seconds(wait)
        }
        let fifth = queue.next(at: now)
        #expect(fifth?.attempt == 5)
    }

    @Test(arguments: ["duplicate", "reorder", "duplicate, reorder", "none", ""]) func faultsAreReadFromText(text: String) {
        #expect(WebhookFaults(parsing: text) != nil)
    }

    @Test func aMisspeltFaultIsNotTaken() {
        #expect(WebhookFaults(parsing: "duplicates") == nil)
    }

    private static func events(_ count: Int) throws -> [WebhookEvent] {
        let provider = ProviderHarness()
        for _ in 1...count { _ = try provider.authorize("4242424242424242", amount: 1) }
        return provider.records.compactMap(WebhookEvent.init)
    }

    private static func drain(_ queue: inout WebhookQueue, at now: Duration) -> [String] {
        var sent: [String] = []
        while let delivery = queue.next(at: now) { sent.append(delivery.event.id) }
        return sent
    }
}
