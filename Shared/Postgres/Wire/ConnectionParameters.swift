import CLibPQ

/// The keywords and values a connection is opened with, in libpq's order of precedence: later ones win.
enum ConnectionParameters {
    /// The options of a URI, and of the environment for those it leaves out.
    ///
    /// - Throws: ``PostgresError`` with libpq's explanation when it cannot read the URI.
    static func options(of url: String) throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(url, &message) else {
            defer { unsafe PQfreemem(message) }
            let text = unsafe message.map { unsafe String(cString: $0) } ?? "out of memory"
            throw PostgresError(.configuration, text)
        }
        defer { unsafe PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = unsafe options
        while let name = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe found[String(cString: name)] = String(cString: value)
            }
            unsafe option += 1
        }
        return found
    }

    static func list(
        for configuration: PostgresConfiguration,
        attempt: ConnectionAttempt
    ) -> [(keyword: String, value: String)] {
        var list = [
            // The URI may change these …
            ("gssencmode", "disable"),
            ("tcp_user_timeout", "3000"),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("dbname", configuration.url),
            // … and must not change these.
            ("application_name", configuration.applicationName),
            ("client_encoding", "UTF8"),
            ("options", Self.sessionOptions(configuration)),
        ]
        // One host at a time, so that each has a time-out of its own.
        if let host = attempt.target.host { list.append(("host", host)) }
        if let address = attempt.target.address { list.append(("hostaddr", address)) }
        if let port = attempt.target.port { list.append(("port", port)) }
        if let attributes = attempt.sessionAttributes { list.append(("target_session_attrs", attributes)) }
        return list
    }

    private static func sessionOptions(_ configuration: PostgresConfiguration) -> String {
        let settings = [
            "-c statement_timeout=\(configuration.statementTimeout.milliseconds)",
            "-c idle_in_transaction_session_timeout=\(configuration.idleInTransactionTimeout.milliseconds)",
        ]
        // What the URI says comes last and wins: an operator's word.
        return (settings + [configuration.options["options"]].compactMap { $0 }).joined(separator: " ")
    }
}
