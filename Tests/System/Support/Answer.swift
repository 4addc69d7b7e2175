import Foundation
import Testing

/// One answer of the shop.
struct Answer: Sendable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(self.body))) ?? .null }
    var text: String { String(decoding: self.body, as: UTF8.self) }

    /// Every refusal must be a problem (RFC 9457) with a type, a title and its own status.
    func expectProblemIfRefused(_ request: String, sourceLocation: SourceLocation) {
        guard self.status >= 400 else { return }
        let type = self.headers["content-type"] ?? "no content type"
        #expect(type.hasPrefix("application/problem+json"), "\(request): \(self.status) \(self.text)", sourceLocation: sourceLocation)
        #expect(self.json["type"].string?.isEmpty == false, "\(request): no problem type", sourceLocation: sourceLocation)
        #expect(self.json["title"].string?.isEmpty == false, "\(request): no title", sourceLocation: sourceLocation)
        #expect(self.json["status"].number == Int64(self.status), "\(request): \(self.text)", sourceLocation: sourceLocation)
        #expect(self.status != 500, "\(request): \(self.text)", sourceLocation: sourceLocation)
    }
}
