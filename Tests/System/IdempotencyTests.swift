import Foundation
import Testing

extension SystemTests {
    @Suite struct IdempotencyTests {
        private func readyShopper() async throws -> (shopper: Shopper, method: String) {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let method = try await shopper.pay()
            try await shopper.fill(sku, 2)
            return (shopper, method)
        }

        @Test func thirtyParallelOrdersWithOneKeyAreOneOrder() async throws {
            let (shopper, method) = try await self.readyShopper()
            let key = UUID().uuidString
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<30 { group.addTask { try await shopper.place(method, key: key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 }, "\(Set(answers.map(\.text)))")
            #expect(Set(answers.map(\.body)).count == 1)
            // All thirty, where the first answer was lost and asked for again.
            #expect(answers.count { $0.headers["idempotency-replayed"] == "true" } >= 29)
            let id = try #require(answers.first?.json["id"].string)
            try await shopper.await(id, "confirmed")
            #expect(try await shopper.http.get("/v1/orders").json["items"].array.count == 1)
            #expect(try await Provider().charges(of: id).count == 1)
        }

        @Test func parallelOrdersOfOneCartWithDifferentKeysAreOneOrder() async throws {
            let (shopper, method) = try await self.readyShopper()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await shopper.place(method) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.status == 201 } == 1)
            #expect(answers.filter { $0.status != 201 }.allSatisfy { [409, 422].contains($0.status) })
        }

        @Test func sameKeyWithAnotherBodyIsRefused() async throws {
            let (shopper, method) = try await self.readyShopper()
            let key = UUID().uuidString
            #expect(try await shopper.place(method, key: key).status == 201)
            let http = shopper.http.with("Idempotency-Key", key)
            let other = try await http.post("/v1/orders", Shopper.order(method, city: "Elsewhere"))
            #expect(other.status == 422)
        }

        @Test func orderWithoutAKeyIsRefused() async throws {
            let (shopper, method) = try await self.readyShopper()
            #expect(try await shopper.place(method, key: nil).status == 428)
            #expect(try await shopper.http.get("/v1/orders").json["items"].array.isEmpty)
        }

        @Test func keyOfAnotherCustomerIsNotMine() async throws {
            let key = UUID().uuidString
            let (first, firstMethod) = try await self.readyShopper()
            let (second, secondMethod) = try await self.readyShopper()
            let one = try await first.place(firstMethod, key: key)
            let two = try await second.place(secondMethod, key: key)
            #expect(one.status == 201)
            #expect(two.status == 201)
            #expect(one.json["id"] != two.json["id"])
        }

        @Test func overlongKeyIsRefused() async throws {
            let (shopper, method) = try await self.readyShopper()
            let answer = try await shopper.place(method, key: String(repeating: "k", count: 256))
            #expect([400, 422].contains(answer.status))
        }
    }
}
