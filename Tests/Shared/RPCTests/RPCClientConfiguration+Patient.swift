import RPC
import Resilience

extension RPCClientConfiguration {
    /// The defaults, for a machine that may be busy with other things: tests are of what happens, not of how soon.
    static var patient: RPCClientConfiguration {
        var configuration = RPCClientConfiguration()
        configuration.connectTimeout = .seconds(60)
        configuration.connectionPatience = .seconds(60)
        configuration.keepAliveTimeout = .seconds(60)
        configuration.breaker.slowDuration = .seconds(100)
        return configuration
    }
}
