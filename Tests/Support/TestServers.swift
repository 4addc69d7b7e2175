import Glibc

/// The real servers that a test run was given. Suites that need one are enabled by its presence:
/// `.enabled(if: TestServers.postgres != nil)`. `make test` starts both.
public enum TestServers {
    /// A libpq URI of a database whose role may create databases and roles: `SOUK_TEST_POSTGRES`.
    public static let postgres = environment("SOUK_TEST_POSTGRES")
    /// `host:port` of a Redis that tests may flush: `SOUK_TEST_REDIS`.
    public static let redis = environment("SOUK_TEST_REDIS")

    private static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
