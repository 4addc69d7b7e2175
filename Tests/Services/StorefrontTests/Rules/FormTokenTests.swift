import Testing

@testable import StorefrontService

@Suite struct FormTokenTests {
    private func tokens(_ secrets: String) throws -> FormToken {
        FormToken(keys: try SessionSealer(secrets: secrets).allDerived("form token"))
    }

    private let old = String(repeating: "o", count: 32)
    private let new = String(repeating: "n", count: 32)

    @Test func tokenIsGoodForItsSessionOnly() throws {
        let tokens = try self.tokens(self.new)
        let (mine, other) = (Session.new(), Session.new())
        let token = tokens.make(for: mine)
        #expect(tokens.isValid(token, for: mine))
        #expect(!tokens.isValid(token, for: other))
        #expect(tokens.make(for: mine) != token)
    }

    @Test func whatIsNoTokenIsRefused() throws {
        let tokens = try self.tokens(self.new)
        let session = Session.new()
        let token = tokens.make(for: session)
        for wrong in ["", "x", String(token.dropLast(2)), token + "AA", String(repeating: "A", count: token.count), "%%%"] {
            #expect(!tokens.isValid(wrong, for: session))
        }
    }

    @Test func tokensOfTheOldKeyAreGoodWhileItIsKnown() throws {
        let session = Session.new()
        let token = try self.tokens(self.old).make(for: session)
        #expect(try self.tokens("\(self.new),\(self.old)").isValid(token, for: session))
        #expect(try !self.tokens(self.new).isValid(token, for: session))
    }
}
