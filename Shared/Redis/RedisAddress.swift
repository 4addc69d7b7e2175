/// Where a server listens.
public struct RedisAddress: Sendable, Hashable, CustomStringConvertible {
    /// Host name or numeric address.
    public var host: String
    /// TCP port.
    public var port: Int

    /// An address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    public var description: String { self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)" }
}
