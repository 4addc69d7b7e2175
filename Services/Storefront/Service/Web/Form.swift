import Foundation

/// The fields of a form, or of a query: `application/x-www-form-urlencoded` (WHATWG URL, 5).
struct Form: Sendable, Hashable {
    private var fields: [String: String] = [:]

    init() {}

    /// Reads what a browser sends. What is no UTF-8 is left out; of a name that comes twice the first one counts.
    init(encoded text: some StringProtocol) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : "") else { continue }
            if self.fields[name] == nil { self.fields[name] = value }
        }
    }

    /// The field's text as it was sent, if it was.
    subscript(name: String) -> String? { self.fields[name] }

    /// The field's text without space around it; empty if it was not sent.
    func text(_ name: String) -> String {
        (self.fields[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The text of a field with several lines. Browsers end them with two characters, everybody else with one.
    func lines(_ name: String) -> String { self.text(name).replacing("\r\n", with: "\n") }

    /// The field's whole number, if it is one.
    func int(_ name: String) -> Int? { Int(self.text(name)) }

    private static func decode(_ text: some StringProtocol) -> String? {
        String(text).replacing("+", with: " ").removingPercentEncoding
    }

    /// A text as part of a query or a path.
    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
