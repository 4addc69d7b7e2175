import HTTPTypes
import Testing

@testable import StorefrontService

@Suite struct APIRequestTests {
    @Test(arguments: [HTTPRequest.Method.get, .head, .put, .delete])
    func whatMayHappenTwiceIsSentAgain(method: HTTPRequest.Method) {
        #expect(APIRequest(method, "/v1/x").isSafeToRetry)
    }

    @Test func postIsSentAgainUnderAKeyOnly() {
        #expect(!APIRequest(.post, "/v1/x").isSafeToRetry)
        #expect(APIRequest(.post, "/v1/x").keyed("k").isSafeToRetry)
    }

    /// What was done has changed the tag: the second answer would say that somebody else did it.
    @Test(arguments: [HTTPRequest.Method.put, .delete])
    func changeOfWhatWasSeenIsNotSentAgain(method: HTTPRequest.Method) {
        var request = APIRequest(method, "/v1/x")
        request.headers[.ifMatch] = "\"1-1\""
        #expect(!request.isSafeToRetry)
    }
}
