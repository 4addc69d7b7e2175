import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// Plain requests to one origin. Looks at every refusal on the way: none may be anything but a problem.
struct HTTP: Sendable {
    let origin: String
    var headers: [String: String] = [:]

    /// The shop's public address.
    static func shop() throws -> HTTP { HTTP(origin: try TestShop.load().url) }

    /// The same with another header on every request; `nil` takes one away.
    func with(_ name: String, _ value: String?) -> HTTP {
        var copy = self
        copy.headers[name] = value
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
        let response = try await HTTPClient.shared.execute(self.message(method, path, body), timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        let answer = Answer(status: Int(response.status.code), headers: headers, body: Array(bytes.readableBytesView))
        answer.expectProblemIfRefused("\(method) \(path)", sourceLocation: sourceLocation)
        return answer
    }

    /// Reads a stream line by line until `isEnough` says so.
    func lines(_ path: String, until isEnough: (String) -> Bool) async throws -> [String] {
        let response = try await HTTPClient.shared.execute(self.message("GET", path, nil), timeout: .seconds(60))
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
