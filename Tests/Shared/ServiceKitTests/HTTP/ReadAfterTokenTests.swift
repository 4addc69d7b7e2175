import ServiceKit
import Testing

@Suite struct ReadAfterTokenTests {
    let token = ReadAfterToken(service: "cart", epoch: 2, position: 0xdead_beef)

    @Test func ownTokensAreRead() {
        #expect(ReadAfterToken(text: self.token.text(secret: "a secret of ours"), secret: "a secret of ours") == self.token)
    }

    @Test func othersAreNot() {
        let text = self.token.text(secret: "a secret of ours")
        #expect(ReadAfterToken(text: text, secret: "another one's") == nil)
        #expect(ReadAfterToken(text: text.replacing("deadbeef", with: "ffffffff"), secret: "a secret of ours") == nil)
        for noise in ["", "...", "cart.2.deadbeef", "cart.2.deadbeef.", "cart.x.y.z", text + ".x"] {
            #expect(ReadAfterToken(text: noise, secret: "a secret of ours") == nil)
        }
    }
}
