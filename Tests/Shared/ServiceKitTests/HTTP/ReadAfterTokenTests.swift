import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
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

    @Test func routesSeeTokensOfTheirOwnServiceOnly() async throws {
        let secret = "a secret of ours"
        // Reading a token asks no database, so nobody runs this one's client.
        let postgres = PostgresClient(
            configuration: try PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/nothing"),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        var configuration = EdgeConfiguration(instance: "7")
        configuration.readAfter = ReadAfterIssuer(service: "cart", secret: secret, postgres: postgres)
        let another = ReadAfterToken(service: "catalog", epoch: 2, position: 0xdead_beef)
        let table = [
            (self.token.text(secret: secret), "cart"), (self.token.text(secret: "another one's"), "nothing"),
            (another.text(secret: secret), "nothing"), ("1", "nothing"),
        ]
        try await EdgeTestApplication.make(configuration).test(.router) { client in
            for (text, seen) in table {
                let response = try await client.execute(uri: "/read-after", method: .get, headers: [.soukReadAfter: text])
                #expect(String(buffer: response.body) == seen, "\(text)")
            }
        }
    }
}
