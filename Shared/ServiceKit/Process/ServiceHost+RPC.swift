import Logging
public import RPC

extension ServiceHost {
    /// Adds methods to the process' gRPC server, which listens on `GRPC_PORT` once there is a method.
    public func rpc(_ handlers: [RPCHandler]) {
        self.rpcHandlers.append(contentsOf: handlers)
    }

    /// A client of another service, which stands at the endpoints in `<TARGET>_GRPC`: a list `host:port,host:port`,
    /// `dns:host:port` for a name that is looked up again and again, or `file:/path` for a list that may change.
    ///
    /// - Parameter target: The service, such as `catalog`.
    public func rpcClient(_ target: String) throws -> RPCClient {
        let setting = Self.endpointSetting(target)
        do {
            let endpoints = try EndpointSource(parsing: self.settings.value(setting))
            let client = RPCClient(target: target, endpoints: endpoints, logger: self.logger)
            self.add(client)
            return client
        } catch let error as EndpointSourceError {
            throw ConfigurationError("\(setting.name) cannot be used: \(error)")
        }
    }

    /// The setting that says where a service is.
    public static func endpointSetting(_ target: String) -> Setting<String> {
        Setting.string(
            "\(target.uppercased())_GRPC",
            default: nil,
            expectation: "a list such as 127.0.0.1:9090,127.0.0.1:9091, or dns:host:port, or file:/path",
            help: "Where the gRPC servers of \(target) are."
        )
    }
}
