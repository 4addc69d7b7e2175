import CLibPQ
import ConnectionPool
import Readiness

/// A script of several statements on its way.
struct ScriptRun {
    let reply: Reply<Void>
    var failure: PostgresError?
}

extension PostgresConnection {
    /// Runs a script of any number of statements without parameters, as migrations are written.
    ///
    /// Pipeline mode does not have them, so the connection leaves it for the time of the script: it must be idle.
    func runScript(_ sql: String, reply: Reply<Void>) {
        guard self.phase == .ready, let handle = self.handle else {
            reply.fail(PostgresError(.connection, "The connection is closed"))
            return
        }
        guard self.exchanges.isEmpty, self.script == nil, handle.exitPipeline() else {
            reply.fail(PostgresError(.misuse, "A script needs a connection without other statements"))
            return
        }
        self.script = ScriptRun(reply: reply)
        guard handle.sendScript(sql) else { return self.lose(PostgresError(.connection, handle.errorMessage)) }
        self.flushLater()
    }

    func receiveScript(from handle: ConnectionHandle) {
        while self.phase == .ready, !handle.isBusy {
            guard let result = handle.nextResult() else {
                guard !handle.isBroken, handle.enterPipeline() else {
                    return self.lose(PostgresError(.connection, handle.errorMessage))
                }
                let script = self.script
                self.script = nil
                if let failure = script?.failure { script?.reply.fail(failure) } else { script?.reply.succeed(()) }
                return
            }
            switch result.status {
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                return self.lose(PostgresError(.misuse, "COPY is not supported"))
            case PGRES_FATAL_ERROR where self.script?.failure == nil:
                self.script?.failure = result.error()
            default: break
            }
        }
    }
}
