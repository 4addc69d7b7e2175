import CLibPQ

/// The keywords and values a connection is opened with, in libpq's order of precedence: later ones win.
enum ConnectionParameters {
    /// One option of a URI.
    ///
    /// - Throws: ``PostgresError`` with libpq's explanation when it cannot read the URI.
    static func option(_ keyword: String, in url: String) throws -> String? {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(url, &message) else {
            defer { unsafe PQfreemem(message) }
            let text = unsafe message.map { unsafe String(cString: $0) } ?? "out of memory"
            throw PostgresError(.configuration, text)
        }
        defer { unsafe PQconninfoFree(options) }
        var option = unsafe options
        while let name = unsafe option.pointee.keyword {
            if unsafe String(cString: name) == keyword {
                return unsafe option.pointee.val.map { unsafe String(cString: $0) }
            }
            unsafe option += 1
        }
        return nil
    }

    static func list(for configuration: PostgresConfiguration) -> [(keyword: String, value: String)] {
        [
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
    }

    private static func sessionOptions(_ configuration: PostgresConfiguration) -> String {
        let settings = [
            "-c statement_timeout=\(configuration.statementTimeout.milliseconds)",
            "-c idle_in_transaction_session_timeout=\(configuration.idleInTransactionTimeout.milliseconds)",
        ]
        // What the URI says comes last and wins: an operator's word.
        return (settings + [configuration.urlOptions].compactMap { $0 }).joined(separator: " ")
    }
}

extension Duration {
    var milliseconds: Int64 {
        self.components.seconds * 1_000 + self.components.attoseconds / 1_000_000_000_000_000
    }

    var nanoseconds: Int64 {
        self.components.seconds * 1_000_000_000 + self.components.attoseconds / 1_000_000_000
    }
}
