import Synchronization
import Testing

extension SystemTests {
    @Suite struct ScaleTests {
        /// What shoppers saw while the shop was scaled.
        private final class Seen: Sendable {
            struct State {
                var instances: Set<String> = []
                var refusals: [String] = []
                var isOver = false
            }

            let state = Mutex(State())

            var isOver: Bool { self.state.withLock { $0.isOver } }
            var instances: Set<String> { self.state.withLock { $0.instances } }

            func add(_ answer: Answer) {
                self.state.withLock { state in
                    if let instance = answer.headers["souk-instance"] { state.instances.insert(instance) }
                    if answer.status != 200 { state.refusals.append("\(answer.status) \(answer.text)") }
                }
            }

            func forgetInstances() { self.state.withLock { $0.instances = [] } }
            func end() { self.state.withLock { $0.isOver = true } }
        }

        @Test func cartsComeAndGoUnderLoadWithoutAnError() async throws {
            let sku = try await Staff.logIn().product(stock: 10)
            let seen = Seen()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await Self.shop(sku, seen) }
                }
                group.addTask {
                    defer { seen.end() }
                    try await Command.control("scale", "cart=3")
                    seen.forgetInstances()
                    _ = try await poll("three carts answer", within: .seconds(60)) { seen.instances.count >= 3 ? true : nil }
                    try await Command.control("scale", "cart=1")
                    try await Command.control("scale", "cart=2")
                }
                try await group.waitForAll()
            }
            let refusals = seen.state.withLock { $0.refusals }
            #expect(refusals.isEmpty, "\(refusals.count) refusals, such as \(refusals.first ?? "")")
        }

        private static func shop(_ sku: String, _ seen: Seen) async throws {
            // Who asks again after a refusal would not notice it.
            let http = try await Shopper.register().http.impatient
            var quantity: Int64 = 1
            while !seen.isOver {
                seen.add(try await http.put("/v1/cart/items/\(sku)", ["quantity": .number(quantity)]))
                seen.add(try await http.get("/v1/cart"))
                quantity = quantity % 9 + 1
            }
        }
    }
}
