import Auth
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceKit
import Testing

/// A service of a few routes behind the real outer layer.
enum EdgeTestApplication {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Int
    }

    struct Order: Codable, Sendable, ResponseEncodable {
        var name: String
        var lines: [Line]
        var note: String?
        var rate: Double?
        var gift: Bool?
    }

    struct Secret: Error {}

    static func make(_ configuration: EdgeConfiguration = EdgeConfiguration(instance: "7")) -> Application<EdgeResponder> {
        let router = Router.shop()
        router.get("/plain") { _, _ in "hello" }
        router.get("/things/{sku}") { _, context in try context.pathParameter("sku") }
        router.post("/orders") { request, context in try await request.decodeBody(Order.self, context: context) }
        router.get("/me") { _, context in try context.requirePrincipal().accountID }
        router.get("/staff") { _, context in try context.requireStaff().accountID }
        router.get("/address") { _, context in context.clientAddress }
        router.get("/read-after") { _, context in context.readAfter?.service ?? "nothing" }
        router.get("/crash") { _, _ -> String in throw Secret() }
        router.post("/collect") { request, _ in try await request.body.collect(upTo: 16) }
        router.get("/page") { request, _ in
            let page = try PageRequest(request)
            return Page(items: [page.limit], nextCursor: page.cursor?.values.first)
        }
        return Application(
            responder: EdgeResponder(router: router, configuration: configuration),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    struct ProblemBody: Decodable {
        struct Field: Decodable, Hashable {
            var pointer: String
            var detail: String
        }
        var type: String
        var title: String
        var status: Int
        var detail: String?
        var errors: [Field]?
    }
}

extension TestResponse {
    func problem() throws -> EdgeTestApplication.ProblemBody {
        #expect(self.headers[.contentType] == "application/problem+json")
        let problem = try JSONCoding.decoder.decode(EdgeTestApplication.ProblemBody.self, from: Data(self.body.readableBytesView))
        #expect(problem.status == self.status.code)
        return problem
    }
}
