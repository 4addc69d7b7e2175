import HTTPTypes
import Hummingbird
import ServiceKit

/// The caller's wishes for the answer (RFC 7240).
enum Preference {
    /// The longest time that a request is held open for an outcome.
    static let longestWait = 30

    /// `Prefer: wait=N`, in seconds, at most ``longestWait``; `nil` without it or when it cannot be read, as RFC 7240 asks.
    static func wait(of request: Request) -> Duration? {
        for preference in request.headers[values: .prefer].joined(separator: ",").split(separator: ",") {
            let parts = preference.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
            if parts.count == 2, parts[0].lowercased() == "wait", let seconds = Int(parts[1]), seconds >= 0 {
                return .seconds(min(seconds, Self.longestWait))
            }
        }
        return nil
    }
}
