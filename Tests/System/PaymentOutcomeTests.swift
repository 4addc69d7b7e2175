import Testing

extension SystemTests {
    @Suite struct PaymentOutcomeTests {
        @Test(arguments: [Card.declined, Card.insufficientFunds])
        func declinedCardCancelsTheOrderAndReleasesTheStock(card: String) async throws {
            let staff = try await Staff.logIn()
            let sku = try await staff.product(stock: 3)
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(sku, 3, card: card)
            let order = try await shopper.await(id, "cancelled", "confirmed")
            #expect(order["status"].string == "cancelled")
            #expect(order["cancel_reason"].string == "payment_declined")
            _ = try await poll("the stock is back") { try await staff.available(sku) == 3 ? true : nil }
        }

        @Test func lostAnswerOfTheProviderChargesOnce() async throws {
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(try await Staff.logIn().product(price: 700), card: Card.answerLost)
            try await shopper.await(id, "confirmed", within: .seconds(240))
            let charges = try await Provider().charges(of: id)
            #expect(charges.count == 1)
            #expect(charges.first?["amount"].number == 700)
        }

        @Test func providerThatFailsTwiceChargesOnce() async throws {
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(try await Staff.logIn().product(), card: Card.errorTwice)
            try await shopper.await(id, "confirmed", within: .seconds(240))
            #expect(try await Provider().charges(of: id).count == 1)
        }

        @Test func slowProviderIsWaitedFor() async throws {
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(try await Staff.logIn().product(), card: Card.slow)
            try await shopper.await(id, "confirmed")
            #expect(try await Provider().charges(of: id).count == 1)
        }

        @Test func expiredCardIsRefused() async throws {
            let shopper = try await Shopper.register()
            let answer = try await shopper.http.post("/v1/payment-methods", ["card": Shopper.card(Card.approved, year: 2020)])
            #expect(answer.status == 422)
        }

        @Test(arguments: ["4242424242424241", "42", "not a number", ""])
        func impossibleCardNumberIsRefusedWithoutRepeatingIt(number: String) async throws {
            let shopper = try await Shopper.register()
            let answer = try await shopper.http.post("/v1/payment-methods", ["card": Shopper.card(number)])
            #expect(answer.status == 422)
            if number.count > 2 { #expect(!answer.text.contains(number)) }
        }

        @Test func cardNumberIsNotShownAgain() async throws {
            let shopper = try await Shopper.register()
            let answer = try await shopper.http.post("/v1/payment-methods", ["card": Shopper.card(Card.approved)])
            #expect(answer.json["last4"].string == "4242")
            #expect(!answer.text.contains(Card.approved))
        }

        @Test func unknownPaymentMethodIsRefused() async throws {
            let shopper = try await Shopper.register()
            try await shopper.fill(try await Staff.logIn().product())
            let answer = try await shopper.place("pm_00000000-0000-7000-8000-000000000000")
            if answer.status == 201 {
                let order = try await shopper.await(try #require(answer.json["id"].string), "cancelled", "confirmed")
                #expect(order["cancel_reason"].string == "payment_declined")
            } else {
                #expect([404, 422].contains(answer.status))
            }
        }
    }
}
