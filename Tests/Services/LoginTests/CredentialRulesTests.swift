import LoginDomain
import Testing

@Suite struct CredentialRulesTests {
    @Test(arguments: [(7, false), (8, true), (1_024, true), (1_025, false)])
    func passwordsAreBounded(count: Int, isGood: Bool) {
        let password = String(repeating: "p", count: count)
        #expect(((try? NewPassword(password)) != nil) == isGood)
    }

    @Test func passwordsAreTakenAsTheyAre() throws {
        #expect(try NewPassword("  é 🔑   ").bytes == Array("  é 🔑   ".utf8))
        #expect(try NewPassword(String(repeating: "🔑", count: 1_024)).bytes.count == 4_096)
    }

    @Test func passwordsHaveEightCharactersNotOnlyEightBytes() {
        #expect(throws: LoginRuleViolation.self) { try NewPassword("🔑🔑") }
        #expect(throws: LoginRuleViolation.self) { try NewPassword(String(repeating: "é", count: 7)) }
        #expect(throws: LoginRuleViolation.self) { try NewPassword(String(repeating: "🔑", count: 1_025)) }
    }

    @Test func namesAreTrimmedAndBounded() throws {
        #expect(try DisplayName(" Zoë \n").text == "Zoë")
        #expect(try DisplayName(String(repeating: "ë", count: 200)).text.utf8.count == 400)
        for name in ["", "  ", "a\u{0}b", "a\nb", String(repeating: "x", count: 201)] {
            #expect(throws: LoginRuleViolation.self) { try DisplayName(name) }
        }
    }

    @Test func refreshTokenIsGoodForOneUse() {
        func decide(used: Bool = false, over: Bool = false, expires: Int64 = 100) -> RefreshDecision {
            .decide(isUsed: used, isSessionOver: over, expiresAt: expires, now: 50)
        }
        #expect(decide() == .rotate)
        #expect(decide(used: true) == .endSession)
        #expect(decide(used: true, expires: 10) == .endSession)
        #expect(RefreshDecision.decide(isUsed: true, isRepeated: true, isSessionOver: false, expiresAt: 100, now: 50) == .answerAgain)
        #expect(RefreshDecision.decide(isUsed: true, isRepeated: true, isSessionOver: true, expiresAt: 100, now: 50) == .refuse)
        #expect(decide(over: true) == .refuse)
        #expect(decide(used: true, over: true) == .refuse)
        #expect(decide(expires: 50) == .refuse)
    }
}
