import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// Plain requests to one origin. Looks at every refusal on the way: none may be anything but a problem.
///
/// As a good client does, it sends again, unchanged, what there was no room or no time for: on a busy machine that happens.
struct HTTP: Sendable {
    let origin: String
    var headers: [String: String] = [:]
    /// How long a request is sent again.
    private var patience = Duration.seconds(120)

    init(origin: String) {
        self.origin = origin
    }

    /// The shop's public address.
    static func shop() throws -> HTTP { HTTP(origin: try TestShop.load().url) }

    /// The same with another header on every request; `nil` takes one away.
    func with(_ name: String, _ value: String?) -> HTTP {
        var copy = self
        copy.headers[name] = value
        return copy
    }

    /// The same under a new Idempotency-Key, for one request: it may be sent again whatever became of it.
    var keyed: HTTP { self.with("Idempotency-Key", UUID().uuidString) }

    /// The same for tests of what is refused: every answer as it comes.
    var impatient: HTTP {
        var copy = self
        copy.patience = .zero
        return copy
    }

    func get(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        try await self.send("GET", path, nil, sourceLocation: sourceLocation)
    }

    func delete(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        try await self.send("DELETE", path, nil, sourceLocation: sourceLocation)
    }

    func post(_ path: String, _ body: JSON = [:], sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        try await self.send("POST", path, try body.bytes(), sourceLocation: sourceLocation)
    }

    func put(_ path: String, _ body: JSON, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        try await self.send("PUT", path, try body.bytes(), sourceLocation: sourceLocation)
    }

    func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8]?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let end = ContinuousClock.now + self.patience
        var pause = Duration.milliseconds(250)
        while true {
            let result: Result<Answer, any Error>
            do {
                let answer = try await self.exchange(method, path, body)
                answer.expectProblemIfRefused("\(method) \(path)", sourceLocation: sourceLocation)
                result = .success(answer)
            } catch {
                result = .failure(error)
            }
            guard let asked = self.waitBeforeAgain(after: result, method) else { return try result.get() }
            let wait = max(asked, pause)
            guard ContinuousClock.now + wait < end else { return try result.get() }
            try await Task.sleep(for: wait)
            pause = min(pause * 2, .seconds(2))
        }
    }

    /// How long to wait at least before a request is sent again; `nil` where what came of it stands.
    ///
    /// When no answer came there may have been an effect: then only what has none the second time is sent again.
    private func waitBeforeAgain(after result: Result<Answer, any Error>, _ method: String) -> Duration? {
        let isIdempotent = method != "POST" && self.headers["If-Match"] == nil
        let isRepeatable = isIdempotent || self.headers["Idempotency-Key"] != nil
        guard case .success(let answer) = result else { return isRepeatable ? .zero : nil }
        let asked = answer.headers["retry-after"].flatMap { Int64($0) }.map { Duration.seconds(min($0, 10)) }
        switch answer.status {
        case 429, 503: return asked
        // Its twin, or its own first try, is still running.
        case 409: return isRepeatable ? asked : nil
        case 504: return isRepeatable ? asked ?? .zero : nil
        default: return nil
        }
    }

    private func exchange(_ method: String, _ path: String, _ body: [UInt8]?) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(self.message(method, path, body), timeout: .seconds(120))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        return Answer(status: Int(response.status.code), headers: headers, body: Array(bytes.readableBytesView))
    }

    /// Reads a stream line by line until `isEnough` says so.
    func lines(_ path: String, until isEnough: (String) -> Bool) async throws -> [String] {
        let response = try await poll("the stream \(path) begins") {
            let response = try await HTTPClient.shared.execute(self.message("GET", path, nil), timeout: .seconds(120))
            return [503, 504].contains(response.status.code) ? nil : response
        }
        try #require(response.status.code == 200)
        try #require(response.headers.first(name: "content-type")?.hasPrefix("text/event-stream") == true)
        var (lines, rest) = ([String](), [UInt8]())
        for try await chunk in response.body {
            rest += chunk.readableBytesView
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                lines.append(line)
                if isEnough(line) { return lines }
            }
        }
        return lines
    }

    private func message(_ method: String, _ path: String, _ body: [UInt8]?) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: self.origin + path)
        message.method = HTTPMethod(rawValue: method)
        for (name, value) in self.headers { message.headers.replaceOrAdd(name: name, value: value) }
        if let body {
            message.body = .bytes(body)
            if self.headers["Content-Type"] == nil { message.headers.add(name: "Content-Type", value: "application/json") }
        }
        return message
    }
}
