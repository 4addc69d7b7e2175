import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import CatalogService

@Suite(.enabled(if: TestServers.postgres != nil && TestServers.redis != nil), .timeLimit(.minutes(10)))
struct ProductRoutesTests {
    private static let secret = "a secret of ours"

    private static func application(_ catalog: CatalogBench) -> Application<EdgeResponder> {
        let router = Router.shop()
        ProductRoutes(list: catalog.list, pages: catalog.pages).add(to: router)
        var configuration = EdgeConfiguration(instance: "1", requestTimeout: .seconds(60))
        configuration.readAfter = ReadAfterIssuer(service: "catalog", secret: Self.secret, postgres: catalog.postgres)
        return Application(
            responder: EdgeResponder(router: router, configuration: configuration),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    private static func token(of service: String, secret: String = Self.secret) -> String {
        ReadAfterToken(service: service, epoch: 1, position: 7).text(secret: secret)
    }

    /// A cache that takes longer than 50 ms is passed over, as a busy machine may see, so there are several tries: what always
    /// reads past the cache fails in all of them.
    @Test func onlyATokenOfTheCatalogReadsPastTheCache() async throws {
        try await CatalogBench.with { catalog in
            try await Self.application(catalog).test(.router) { client in
                func page(_ sku: String, _ token: String?) async throws -> String {
                    let headers: HTTPFields = token.map { [.soukReadAfter: $0] } ?? [:]
                    return String(buffer: try await client.execute(uri: "/v1/products/\(sku)", method: .get, headers: headers).body)
                }
                let others = ["1", Self.token(of: "cart"), Self.token(of: "catalog", secret: "another one's")]
                let isAsCached = try await eventually(within: .seconds(60)) {
                    let sku = "a\(UInt64.random(in: 0...(.max)))"
                    try await catalog.create(sku, stock: 1)
                    let kept = try await page(sku, nil)
                    // Behind the service's back: what is kept does not notice.
                    try await catalog.postgres.execute("update products set name = 'Coffee' where sku = \(sku)")
                    #expect(try await page(sku, Self.token(of: "catalog")).contains("Coffee"))
                    var seen: Set<String> = []
                    for token in others { seen.insert(try await page(sku, token)) }
                    return seen == [kept]
                }
                #expect(isAsCached)
            }
        }
    }
}
