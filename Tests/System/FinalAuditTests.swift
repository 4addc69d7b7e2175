import Testing

extension SystemTests {
    /// After everything the other tests did to the shop: its books are still right.
    @Suite struct FinalAuditTests {
        @Test func booksAreCleanInTheEnd() async throws {
            try await Command.expectCleanAudit()
        }
    }
}
