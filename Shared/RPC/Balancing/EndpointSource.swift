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
        case name(host: String, port: Int)
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

    /// All addresses of a host name, looked up again every few seconds. While the name has none the last good list holds.
    public static func dns(host: String, port: Int) -> EndpointSource {
        EndpointSource(kind: .name(host: host, port: port))
    }

    /// Reads `host:port,host:port`, `file:/path` or `dns:host:port`.
    /// - Throws: ``EndpointSourceError`` with a sentence that says what is wrong.
    public init(parsing text: String) throws(EndpointSourceError) {
        if text.hasPrefix("file:") {
            self = .file(String(text.dropFirst("file:".count)))
            return
        }
        if text.hasPrefix("dns:") {
            guard let name = Endpoint(parsing: text.dropFirst("dns:".count)) else {
                throw EndpointSourceError(message: "\"\(text)\" is no dns:host:port")
            }
            self = .dns(host: name.host, port: name.port)
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
    /// - Throws: If the file cannot be read or is malformed, or the name has no address.
    func current() async throws -> [Endpoint] {
        switch self.kind {
        case .list(let endpoints): endpoints
        case .file(let path): try Self.parse(file: String(contentsOfFile: path, encoding: .utf8))
        case .name(let host, let port): try await NameResolver.resolve(host: host, port: port)
        }
    }

    /// How long to wait before looking again; `nil` where nothing can change.
    func pollInterval(_ configuration: RPCClientConfiguration) -> Duration? {
        switch self.kind {
        case .list: nil
        case .file: configuration.endpointPollInterval
        // Spread, so that a fleet does not ask all at once.
        case .name: configuration.nameLookupInterval * Double.random(in: 0.8...1.2)
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
