import Auth
import FoundationEssentials
import ServiceKit
import Testing

@testable import StorefrontService

@Suite struct SessionTests {
    private let old = String(repeating: "o", count: 32)
    private let new = String(repeating: "n", count: 32)

    private var session: Session {
        var session = Session.new()
        session.guestCart = "abc"
        session.cartCount = 3
        session.notice = Session.Notice(kind: .good, text: "It is in your cart.")
        return session
    }

    @Test func sealedSessionComesBackAsItWas() throws {
        let sealer = try SessionSealer(secrets: self.new)
        let text = try sealer.seal(self.session, now: 1_000)
        let copy = self.session
        #expect(sealer.open(try sealer.seal(copy, now: 1_000), now: 2_000) == copy)
        #expect(!text.contains("abc"))
    }

    @Test func changedCookieIsNone() throws {
        let sealer = try SessionSealer(secrets: self.new)
        let text = try sealer.seal(self.session, now: 1_000)
        let parts = text.split(separator: ".")
        var bytes = Array(try #require(Base64URL.decode(parts[2].utf8)))
        for place in [0, 12, bytes.count / 2, bytes.count - 1] {
            bytes[place] ^= 1
            #expect(sealer.open("\(parts[0]).\(parts[1]).\(Base64URL.encode(bytes))", now: 1_000) == nil)
            bytes[place] ^= 1
        }
        for wrong in ["", "1", "..", "1.\(parts[1]).", "2.\(parts[1]).\(parts[2])", "1.other.\(parts[2])", text + "x"] {
            #expect(sealer.open(wrong, now: 1_000) == nil)
        }
    }

    @Test func keysRotate() throws {
        let before = try SessionSealer(secrets: self.old)
        let during = try SessionSealer(secrets: "\(self.new), \(self.old)")
        let after = try SessionSealer(secrets: self.new)
        let session = self.session
        #expect(during.open(try before.seal(session, now: 1), now: 2) == session)
        #expect(after.open(try during.seal(session, now: 1), now: 2) == session)
        #expect(after.open(try before.seal(session, now: 1), now: 2) == nil)
    }

    @Test func oldCookieEnds() throws {
        let sealer = try SessionSealer(secrets: self.new)
        let text = try sealer.seal(self.session, now: 0)
        #expect(sealer.open(text, now: SessionSealer.lifetime - 1) != nil)
        #expect(sealer.open(text, now: SessionSealer.lifetime) == nil)
    }

    @Test(arguments: ["", "short", ",", "0123456789abcdef0123456789abcdef,short"])
    func weakKeysStopTheStart(secrets: String) {
        #expect(throws: ConfigurationError.self) { try SessionSealer(secrets: secrets) }
    }

    @Test func everyLoginIsANewSession() {
        var session = self.session
        let before = session.id
        let account = Account(id: "acc_1", email: "a@b.example", name: "Ann", scopes: ["shopper", "staff"])
        session.logIn(TokenPair(accessToken: "a", expiresIn: 900, refreshToken: "r", account: account), now: 100)
        #expect(session.id != before)
        #expect(session.guestCart == "abc")
        #expect(session.login?.accessExpires == 1_000)
        #expect(session.login?.isStaff == true)
        let during = session.id
        session.logOut()
        #expect(session.id != during)
        #expect(session.login == nil && session.guestCart == nil && session.cartCount == 0)
    }

    @Test func twoInstancesMakeTheSameSessionOfOneRenewal() {
        let account = Account(id: "acc_1", email: "a@b.example", name: "Ann", scopes: [])
        func pair(_ number: Int) -> TokenPair {
            TokenPair(accessToken: "a\(number)", expiresIn: 900, refreshToken: "r\(number)", account: account)
        }
        var one = self.session
        one.logIn(pair(1), now: 100)
        let first = one.login?.refreshKey
        var two = one
        one.keep(pair(2), now: 200)
        two.keep(pair(2), now: 200)
        #expect(one == two)
        #expect(one.login?.refreshKey != first)
        one.logIn(pair(3), now: 300)
        two.logIn(pair(3), now: 300)
        #expect(one.login?.refreshKey != two.login?.refreshKey)
    }

    @Test func readAfterTokensAreForgotten() {
        var session = Session.new()
        session.noteRead("cart.1", of: "cart", now: 100)
        #expect(session.readAfter("cart", now: 159) == "cart.1")
        #expect(session.readAfter("cart", now: 160) == nil)
        #expect(session.readAfter("orders", now: 100) == nil)
        session.noteRead("orders.1", of: "orders", now: 200)
        #expect(session.readAfter.keys.sorted() == ["orders"])
    }

    @Test func cookieOfALoggedInVisitorFitsIntoAHeader() throws {
        var session = self.session
        let account = Account(
            id: "acc_0193", email: String(repeating: "e", count: 254), name: String(repeating: "n", count: 200), scopes: [])
        let access = String(repeating: "t", count: 620)
        session.logIn(
            TokenPair(accessToken: access, expiresIn: 900, refreshToken: String(repeating: "r", count: 46), account: account), now: 0)
        session.guestCart = String(repeating: "g", count: 64)
        for service in APIService.allCases { session.noteRead(String(repeating: "w", count: 60), of: service.rawValue, now: 1) }
        #expect(try SessionSealer(secrets: self.new).seal(session, now: 1).utf8.count < 3_800)
    }
}
