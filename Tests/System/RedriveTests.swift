import Testing

extension SystemTests {
    /// `soukctl events redrive` in the shop as it runs; what it does to parked events is tested where there are some.
    @Suite struct RedriveTests {
        @Test(arguments: ["catalog", "cart", "payments", "order-tracking"])
        func everyConsumerIsFoundByItsName(group: String) async throws {
            let result = try await Command.soukctl("events", "redrive", group)
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("\(group) tries again: "), "\(result.output)")
        }

        @Test func whatIsUnknownIsRefusedByName() async throws {
            let event = try await Command.soukctl("events", "redrive", "catalog", "orders/0/987654321")
            #expect(event.status == 1, "\(event.output)")
            #expect(event.output.contains("catalog has no parked event orders/0/987654321"), "\(event.output)")
            let group = try await Command.soukctl("events", "redrive", "nobody")
            #expect(group.status == 1, "\(group.output)")
            #expect(group.output.contains("no consumer is called nobody"), "\(group.output)")
        }
    }
}
