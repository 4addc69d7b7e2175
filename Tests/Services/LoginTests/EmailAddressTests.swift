import LoginDomain
import Testing

@Suite struct EmailAddressTests {
    @Test(arguments: [
        ("ann@example.com", "ann@example.com"), (" Ann.Smith+shop@Example.CO.uk\n", "ann.smith+shop@example.co.uk"),
        ("o'neil@xn--bcher-kva.example", "o'neil@xn--bcher-kva.example"), ("a@b-c.d2e", "a@b-c.d2e"),
    ])
    func usualAddressesGetTheirNormalForm(input: String, normal: String) throws {
        #expect(try EmailAddress(input).text == normal)
    }

    @Test(arguments: [
        "", " ", "ann", "@example.com", "ann@", "ann@localhost", "a@b@c.de", ".ann@example.com", "ann.@example.com", "a..b@example.com",
        "ann@-example.com", "ann@example-.com", "ann@exa mple.com", "ann@example..com", "ann@.com", "ann@127.0.0.1", "änn@example.com",
        "ann@exämple.com", "\"ann\"@example.com", "ann\u{0}@example.com", "ann@example.com\u{0}",
        String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "b", count: 64) + ".com",
        "a@" + String(repeating: "bc.", count: 90) + "com",
    ])
    func othersAreRefused(input: String) {
        #expect(throws: LoginRuleViolation.self) { try EmailAddress(input) }
    }
}
