#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where a client learns the addresses of the instances that it may call.
public struct EndpointSource: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case list([Endpoint])
        case file(path: String)
    }

    let kind: Kind

    /// Addresses that never change.
    public static func list(_ endpoints: [Endpoint]) -> EndpointSource {
        EndpointSource(kind: .list(endpoints))
    }

    /// A file with one `host:port` a line and `#` comments, read again whenever it changes. While it is missing or broken
    /// the last good list holds.
    public static func file(_ path: String) -> EndpointSource {
        EndpointSource(kind: .file(path: path))
    }

    /// Reads `host:port,host:port` or `file:/path`.
    /// - Throws: ``EndpointSourceError`` with a sentence that says what is wrong.
    public init(parsing text: String) throws(EndpointSourceError) {
        if text.hasPrefix("file:") {
            self = .file(String(text.dropFirst("file:".count)))
            return
        }
        var endpoints: [Endpoint] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            guard let endpoint = Endpoint(parsing: part.trimmingSpaces()) else {
                throw EndpointSourceError(message: "\"\(part)\" is no host:port")
            }
            endpoints.append(endpoint)
        }
        guard !endpoints.isEmpty else { throw EndpointSourceError(message: "no address given") }
        self = .list(endpoints)
    }

    private init(kind: Kind) {
        self.kind = kind
    }

    /// The addresses in a file's text, each once, in order.
    /// - Throws: ``EndpointSourceError`` for a line that is no address.
    static func parse(file text: String) throws(EndpointSourceError) -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let content = line.prefix { $0 != "#" }.trimmingSpaces()
            guard !content.isEmpty else { continue }
            guard let endpoint = Endpoint(parsing: content) else {
                throw EndpointSourceError(message: "\"\(content)\" is no host:port")
            }
            if !endpoints.contains(endpoint) {
                endpoints.append(endpoint)
            }
        }
        return endpoints
    }

    /// The addresses as they are now.
    /// - Throws: If the file cannot be read or is malformed.
    func current() throws -> [Endpoint] {
        switch self.kind {
        case .list(let endpoints): endpoints
        case .file(let path): try Self.parse(file: String(contentsOfFile: path, encoding: .utf8))
        }
    }

    /// Whether the addresses can change.
    var isWatched: Bool {
        switch self.kind {
        case .list: false
        case .file: true
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSpaces() -> String {
        let start = self.firstIndex { !$0.isWhitespace } ?? self.endIndex
        let end = self.lastIndex { !$0.isWhitespace }.map { self.index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
