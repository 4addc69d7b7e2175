import Crypto
package import Foundation

/// Checks that a webhook comes from the provider and is fresh: `t=<seconds>,v1=<hex of HMAC-SHA256(secret, "t.body")>`.
///
/// The shape of Stripe's signatures (docs.stripe.com/webhooks). There may be several `v1` and several secrets while one
/// is being replaced by another.
package struct WebhookVerifier: Sendable {
    package struct Rejection: Error, Sendable, Hashable {
        package enum Reason: String, Sendable { case malformed, stale, forged }

        package let reason: Reason
    }

    /// How far the provider's clock and ours may be apart.
    package static let tolerance: TimeInterval = 300

    private let keys: [SymmetricKey]

    /// - Parameter secrets: Those that are in use; a signature under any of them is good.
    package init(secrets: [String]) {
        self.keys = secrets.map { SymmetricKey(data: Array($0.utf8)) }
    }

    /// - Parameters:
    ///   - header: The signature header.
    ///   - body: The body as it came, byte for byte.
    ///   - now: The time of day.
    /// - Throws: ``Rejection``.
    package func verify(header: String, body: [UInt8], now: Date) throws(Rejection) {
        var time: Int64?
        var signatures: [[UInt8]] = []
        for part in header.split(separator: ",").prefix(10) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw Rejection(reason: .malformed) }
            switch pair[0] {
            case "t": time = Int64(pair[1])
            case "v1": Self.bytes(ofHex: pair[1]).map { signatures.append($0) }
            default: continue
            }
        }
        guard let time, !signatures.isEmpty else { throw Rejection(reason: .malformed) }
        let signed = Array("\(time).".utf8) + body
        // isValidAuthenticationCode compares in constant time.
        let isGenuine = self.keys.contains { key in
            signatures.contains { HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: signed, using: key) }
        }
        guard isGenuine else { throw Rejection(reason: .forged) }
        guard abs(now.timeIntervalSince1970 - Double(time)) <= Self.tolerance else { throw Rejection(reason: .stale) }
    }

    private static func bytes(ofHex text: Substring) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high * 16 + low))
        }
        return bytes
    }
}
