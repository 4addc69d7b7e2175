public import Logging
public import LoginDomain
import Metrics
public import Redis

/// Counts failed logins in Redis, so that all instances share one count.
///
/// When Redis is away logins go on without limits: the hash's cost still holds guessing down, and a shop that nobody can
/// enter is the greater harm.
public struct RedisAttemptLimiter: AttemptLimiting {
    private let redis: RedisClient
    private let limits: AttemptLimits
    private let logger: Logger
    private let refused = Counter(label: "login_attempts_refused_total")
    private let slowed = Counter(label: "login_attempts_slowed_total")

    /// KEYS: pair, address, account. ARGV: limit of the pair, of the address, slow after, window in seconds, known.
    /// Gives {verdict, seconds}; 0 allow, 1 slow, 2 refuse. A refused attempt does not count, so waiting helps.
    private static let begin = RedisScript(
        """
        local pair = tonumber(redis.call('GET', KEYS[1]) or '0')
        if pair >= tonumber(ARGV[1]) then return {2, redis.call('TTL', KEYS[1])} end
        local known = ARGV[5] == '1'
        local address = tonumber(redis.call('GET', KEYS[2]) or '0')
        if not known and address >= tonumber(ARGV[2]) then return {2, redis.call('TTL', KEYS[2])} end
        for i = 1, 3 do
          if redis.call('INCR', KEYS[i]) == 1 then redis.call('EXPIRE', KEYS[i], ARGV[4]) end
        end
        local account = tonumber(redis.call('GET', KEYS[3]))
        if not known and account > tonumber(ARGV[3]) then return {1, 0} end
        return {0, 0}
        """
    )

    /// KEYS as above. Never below zero, and a counter that has expired meanwhile stays away.
    private static let forgive = RedisScript(
        """
        for i = 1, 3 do
          local count = tonumber(redis.call('GET', KEYS[i]) or '0')
          if count == 1 then redis.call('DEL', KEYS[i]) elseif count > 1 then redis.call('DECR', KEYS[i]) end
        end
        return 0
        """
    )

    /// Creates a limiter.
    public init(redis: RedisClient, limits: AttemptLimits, logger: Logger) {
        self.redis = redis
        self.limits = limits
        self.logger = logger
    }

    public func begin(_ attempt: LoginAttempt) async -> AttemptVerdict {
        let pairLimit = attempt.isKnownAddress ? self.limits.perAccountAndKnownAddress : self.limits.perAccountAndAddress
        do {
            let reply = try await self.redis.eval(
                Self.begin,
                keys: Self.keys(attempt),
                arguments: [
                    RedisArgument(pairLimit), RedisArgument(self.limits.perAddress), RedisArgument(self.limits.slowAfter),
                    RedisArgument(self.limits.window), attempt.isKnownAddress ? "1" : "0",
                ]
            )
            return self.verdict(of: reply)
        } catch {
            self.logger.warning("Login attempts are not counted", metadata: ["reason": "\(error)"])
            return .allow
        }
    }

    public func forgive(_ attempt: LoginAttempt) async {
        do {
            try await self.redis.eval(Self.forgive, keys: Self.keys(attempt))
        } catch {
            self.logger.debug("A login attempt's count could not be taken back", metadata: ["reason": "\(error)"])
        }
    }

    private func verdict(of reply: RedisValue) -> AttemptVerdict {
        guard case .array(let parts) = reply, parts.count == 2, let code = parts[0].integer, let seconds = parts[1].integer else {
            return .allow
        }
        switch code {
        case 2:
            self.refused.increment()
            return .refuse(seconds: max(1, Int64(seconds)))
        case 1:
            self.slowed.increment()
            return .slow
        default:
            return .allow
        }
    }

    /// One hash tag, so that a cluster keeps the three together.
    private static func keys(_ attempt: LoginAttempt) -> [String] {
        [
            "{login}:attempts:pair:\(attempt.account):\(attempt.address)",
            "{login}:attempts:address:\(attempt.address)",
            "{login}:attempts:account:\(attempt.account)",
        ]
    }
}
