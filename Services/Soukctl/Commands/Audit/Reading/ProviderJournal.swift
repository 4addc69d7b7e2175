import Foundation

/// The payment provider's own journal, over its HTTP API.
struct ProviderJournal: Sendable {
    private let client: ShopClient
    private let path: String
    private let key: String

    /// - Throws: ``SoukctlError`` when the shop's file does not say where the provider is.
    init(_ shop: ShopFile) throws(SoukctlError) {
        guard let provider = shop.psp, let journal = provider.journalUrl ?? provider.url.map({ $0 + "/v1/journal" }),
            let url = URL(string: journal), let scheme = url.scheme, let host = url.host()
        else { throw SoukctlError(.usage, "the shop's file does not say where the provider's journal is") }
        let origin = "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
        let transport = HTTPTransport(origin: origin, timeout: .seconds(60), largestBody: 1 << 30)
        self.client = ShopClient(transport: transport, rule: RetryRule(patience: .seconds(30)))
        self.path = url.path
        self.key = provider.apiKey ?? ""
    }

    func read() async throws -> [ProviderRow] {
        let request = ShopRequest("GET", self.path, headers: ["Authorization": "Bearer \(self.key)"])
        let answer = try await self.client.send(request)
        guard answer.status == 200 else { throw SoukctlError(.audit, answer.summary(of: request)) }
        let decoder = JSONDecoder()
        return try answer.body.split(separator: UInt8(ascii: "\n")).map { line in
            do {
                return try decoder.decode(ProviderRow.self, from: Data(line))
            } catch {
                throw SoukctlError(.audit, "the provider's journal has a line that cannot be read: \(error)")
            }
        }
    }
}
