import RPC

extension RPCClientConfiguration {
    /// The defaults, for a machine that may be busy with other things: tests are of what happens, not of how soon.
    static var patient: RPCClientConfiguration {
        var configuration = RPCClientConfiguration()
        configuration.connectTimeout = .seconds(20)
        configuration.connectionPatience = .seconds(20)
        configuration.keepAliveTimeout = .seconds(20)
        return configuration
    }
}
