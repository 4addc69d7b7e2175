import Foundation

/// One answer of the shop.
package struct ShopAnswer: Sendable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200...299).contains(self.status) }

    /// Seconds the shop asks us to wait, if it says so in whole seconds.
    package var retryAfter: Duration? {
        self.headers["retry-after"].flatMap { Int64($0) }.map { .seconds($0) }
    }

    /// The body as JSON with snake_case names.
    ///
    /// - Throws: ``SoukctlError`` with the path and the start of the body.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self, of request: ShopRequest) throws(SoukctlError) -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(self.body))
        } catch {
            throw SoukctlError(.unexpectedAnswer, "\(self.summary(of: request)): cannot be read as \(type)")
        }
    }

    /// One line for the operator: the request, the status and the problem's title or the start of the body.
    package func summary(of request: ShopRequest) -> String {
        let problem = try? JSONDecoder().decode(ProblemBody.self, from: Data(self.body))
        let words = [problem?.title, problem?.detail].compactMap(\.self).joined(separator: ": ")
        let text = words.isEmpty ? String(decoding: self.body.prefix(200), as: UTF8.self) : words
        return "\(request.method) \(request.path): \(self.status) \(text)"
    }

    private struct ProblemBody: Decodable {
        var title: String?
        var detail: String?
    }
}
