/// How many failed logins are taken.
///
/// A stranger must not be able to lock anybody out. So nothing is ever refused for an account as a whole: what is refused
/// is one address at one account, or one address. Failures at an account from many addresses only make further attempts
/// slow, and not for an address from which that account has logged in before.
public struct AttemptLimits: Sendable, Hashable {
    /// Failures of one address at one account, before it has to wait.
    public var perAccountAndAddress: Int
    /// The same for an address from which the account has logged in before.
    public var perAccountAndKnownAddress: Int
    /// Failures of one address at all accounts.
    public var perAddress: Int
    /// Failures at one account from all addresses, before attempts become slow.
    public var slowAfter: Int
    /// How long failures count, in seconds.
    public var window: Int64

    /// Creates limits.
    public init(
        perAccountAndAddress: Int = 10,
        perAccountAndKnownAddress: Int = 100,
        perAddress: Int = 300,
        slowAfter: Int = 30,
        window: Int64 = 900
    ) {
        self.perAccountAndAddress = perAccountAndAddress
        self.perAccountAndKnownAddress = perAccountAndKnownAddress
        self.perAddress = perAddress
        self.slowAfter = slowAfter
        self.window = window
    }
}
