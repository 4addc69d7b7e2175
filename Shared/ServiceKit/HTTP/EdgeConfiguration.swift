public import Auth
public import Hummingbird

/// What the outer layer of the HTTP API needs to know.
public struct EdgeConfiguration: Sendable {
    /// The name of the instance, for `Souk-Instance`.
    public var instance: String
    /// The time that a request may take.
    public var requestTimeout: Duration
    /// Requests in work at the same time.
    public var maximumInFlight: Int
    /// How many proxies in front append to `X-Forwarded-For`.
    public var trustedProxies: Int
    /// Verifies access tokens; without one the header `Authorization` is left to the handlers.
    public var tokenVerifier: TokenVerifier?
    /// Paths on which a bad access token is no reason to refuse, such as the one where a new token is fetched.
    public var tokenFreePaths: Set<String>
    /// How a problem looks to those who do not read JSON; nil where it is JSON for everybody.
    public var problemPage: (@Sendable (Problem, Request) -> Response)?
    /// Issues `Souk-Read-After` for writes, and reads what comes back, if the service has a database.
    public var readAfter: ReadAfterIssuer?

    /// Creates a configuration.
    public init(
        instance: String,
        requestTimeout: Duration = .seconds(10),
        maximumInFlight: Int = 512,
        trustedProxies: Int = 1,
        tokenVerifier: TokenVerifier? = nil,
        tokenFreePaths: Set<String> = []
    ) {
        self.instance = instance
        self.requestTimeout = requestTimeout
        self.maximumInFlight = maximumInFlight
        self.trustedProxies = trustedProxies
        self.tokenVerifier = tokenVerifier
        self.tokenFreePaths = tokenFreePaths
    }
}
