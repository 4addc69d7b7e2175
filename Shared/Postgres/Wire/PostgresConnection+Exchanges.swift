import CLibPQ
import ConnectionPool
import Readiness

extension PostgresConnection {
    // MARK: - Sending

    /// Sends an exchange. It is answered when its sync comes back, or when the connection is lost.
    func send(_ exchange: Exchange) {
        guard self.phase == .ready, let handle = self.handle else {
            return exchange.abandon(PostgresError(.connection, "The connection is closed"))
        }
        var evicted: [String] = []
        var isSent = true
        for (index, statement) in exchange.statements.enumerated() where isSent {
            let key = StatementCache.Key(sql: statement.sql, types: statement.bindings.types)
            let found = self.cache.lookup(key)
            if found.mustPrepare {
                exchange.add(.prepare(key, name: found.name))
                isSent = handle.sendPrepare(name: found.name, sql: key.sql, types: key.types)
            }
            if let name = found.evicted { evicted.append(name) }
            exchange.add(.execute(statement: index))
            isSent = isSent && handle.sendExecute(name: found.name, bindings: statement.bindings)
        }
        exchange.markSent()
        if self.exchanges.isEmpty { self.headSince = .now }
        self.exchanges.append(exchange)
        guard isSent, handle.sync() else { return self.lose(PostgresError(.connection, handle.errorMessage)) }
        self.flushLater()
        self.deallocate(evicted)
    }

    /// Tells the server to forget statements that made room, in an exchange nobody waits for.
    private func deallocate(_ names: [String]) {
        guard !names.isEmpty, let handle = self.handle else { return }
        let exchange = Exchange(statements: [], reply: Reply(), commits: false, mayResend: false)
        var isSent = true
        for name in names where isSent {
            exchange.add(.housekeeping)
            isSent = handle.sendUnprepared("DEALLOCATE \(name)")
        }
        exchange.markSent()
        self.exchanges.append(exchange)
        if !isSent || !handle.sync() { self.lose(PostgresError(.connection, handle.errorMessage)) }
    }

    // MARK: - Receiving

    /// Takes the results that have come, without ever blocking.
    func receive(from handle: ConnectionHandle) {
        if self.script != nil { return self.receiveScript(from: handle) }
        while self.phase == .ready, let exchange = self.exchanges.first, !handle.isBusy {
            guard let result = handle.nextResult() else {
                // A null pointer ends each statement's results.
                if let (step, failed) = exchange.finishStep() {
                    if failed, case .prepare(let key, let name) = step { self.cache.remove(key, name: name) }
                    continue
                }
                // It also ends the failure of a sync that could not commit: a deferred constraint was violated. Without either
                // the connection is gone.
                guard exchange.finishFailedSync(), !handle.isBroken else {
                    return self.lose(PostgresError(.connection, handle.errorMessage))
                }
                continue
            }
            self.take(result, for: exchange)
        }
        if self.phase == .ready { self.onProgress?() }
    }

    private func take(_ result: ResultStorage, for exchange: Exchange) {
        switch result.status {
        case PGRES_PIPELINE_SYNC:
            _ = self.exchanges.popFirst()
            self.headSince = .now
            self.finish(exchange)
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            exchange.receive(result)
        case PGRES_PIPELINE_ABORTED:
            exchange.receiveFailure(nil)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            // There is no way back into the pipeline from here.
            self.lose(PostgresError(.misuse, "COPY is not supported"))
        default:
            exchange.receiveFailure(result.error())
        }
    }

    /// An exchange whose statement the server has forgotten, or whose plan no longer fits the table, did nothing: it is sent again.
    private func finish(_ exchange: Exchange) {
        if let failure = exchange.failure, failure.meansStalePreparedStatement {
            for statement in exchange.statements {
                self.cache.remove(StatementCache.Key(sql: statement.sql, types: statement.bindings.types))
            }
            if exchange.mayResend, let resend = self.onResend {
                exchange.reset()
                return resend(exchange)
            }
        }
        exchange.complete()
        if exchange.failure?.sqlState == .readOnlyTransaction, self.wantsPrimary {
            // The primary has moved. Reconnecting finds it.
            self.lose(PostgresError(.connection, "The server does not accept writes any more", sqlState: .readOnlyTransaction))
        }
    }
}

extension PostgresError {
    /// 26000, and the message that comes when a table has changed under a prepared `select *`.
    var meansStalePreparedStatement: Bool {
        self.sqlState == .invalidStatementName
            || (self.sqlState == .featureNotSupported && self.message.contains("cached plan"))
    }
}
