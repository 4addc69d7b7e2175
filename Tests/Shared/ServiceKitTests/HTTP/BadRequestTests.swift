import Auth
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// What clients send that no route can use.
@Suite(.timeLimit(.minutes(5)))
struct BadRequestTests {
    @Test(arguments: ["\0\0\0", "a\0b", "a\u{1f}\0"])
    func aCursorWithoutMeaningToADatabaseIsNoneOfOurs(text: String) async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(uri: "/page?cursor=\(Base64URL.encode(text.utf8))", method: .get)
            #expect(response.status == .unprocessableContent)
            #expect(try response.problem().errors?.map(\.pointer) == ["?cursor"])
        }
    }

    @Test func aBodyThatAHandlerFindsTooLargeIsAProblem() async throws {
        try await EdgeTestApplication.make().test(.router) { client in
            let response = try await client.execute(uri: "/collect", method: .post, body: ByteBuffer(repeating: 0x61, count: 17))
            #expect(response.status == .contentTooLarge)
            #expect(try response.problem().type == "/problems/content-too-large")
        }
    }
}
