/// How calls to one target are guarded. Stages left out cost a branch.
///
/// Make one policy per target and keep it: the budget and the breaker are shared by all calls through it.
public struct CallPolicy: Sendable {
    /// The name of what is called, for metrics and rejections.
    public var target: String

    /// The longest a call may take with all its attempts. The inherited deadline holds where it is earlier.
    public var timeout: Duration?

    /// When failed attempts are repeated; `nil` means never.
    public var retry: RetryPolicy?

    /// What all retries to the target may cost; `nil` means without limit.
    public var budget: RetryBudget?

    /// Refuses calls while the target fails; `nil` means never.
    public var breaker: CircuitBreaker?

    /// Hears what the policies do.
    public var observer: any CallObserver

    /// The source of time and chance.
    public var environment: CallEnvironment

    /// A policy with the given stages.
    public init(
        target: String,
        timeout: Duration? = nil,
        retry: RetryPolicy? = nil,
        budget: RetryBudget? = nil,
        breaker: CircuitBreaker? = nil,
        observer: any CallObserver = NoOpCallObserver(),
        environment: CallEnvironment = .live
    ) {
        self.target = target
        self.timeout = timeout
        self.retry = retry
        self.budget = budget
        self.breaker = breaker
        self.observer = observer
        self.environment = environment
    }
}
