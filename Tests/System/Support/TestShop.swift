import Foundation

/// The shop that the tests were given.
struct TestShop: Decodable {
    struct Staff: Decodable {
        var email: String
        var password: String
    }

    struct Provider: Decodable {
        var url: String
        var api_key: String
    }

    var url: String
    var staff: Staff
    var psp: Provider
    /// The auditor's connection strings.
    var databases: [String: String]

    /// `SOUK_TEST_SHOP`: the shop's `shop.json`.
    static let path = Self.environment("SOUK_TEST_SHOP")
    /// `SOUK_TEST_SAMPLE`: a file to replay; `make test` gives the project's own where there is no other.
    static let sample = Self.environment("SOUK_TEST_SAMPLE")
    /// `SOUK_TEST_SOUKCTL`: the operator's tool.
    static let soukctl = Self.environment("SOUK_TEST_SOUKCTL")
    /// `SOUK_TEST_LOCAL`: controls the shop's processes (`kill cart`, `scale cart=3`).
    static let control = Self.environment("SOUK_TEST_LOCAL")

    static func load() throws -> TestShop {
        let data = try Data(contentsOf: URL(filePath: Self.path ?? ""))
        return try JSONDecoder().decode(TestShop.self, from: data)
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
