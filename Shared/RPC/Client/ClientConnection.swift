internal import NIOCore
internal import Synchronization

/// A connection to one server, as tasks see it.
final class ClientConnection: Sendable {
    private let mailbox: LoopMailbox<ClientCommand>
    private let lastCallID = Atomic<UInt64>(0)

    init(mailbox: LoopMailbox<ClientCommand>) {
        self.mailbox = mailbox
    }

    /// Makes a call. Ends at the latest at the request's `giveUp`, at once when the task is cancelled.
    func perform(_ request: ClientRequest) async -> ClientCallEnd {
        let callID = self.lastCallID.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Under the mailbox's lock a cancellation is either seen here or posted behind the start.
                let command = ClientCommand.start(callID: callID, request, continuation)
                guard !self.mailbox.post(command, if: { !Task.isCancelled }) else { return }
                if Task.isCancelled {
                    continuation.resume(returning: .failed(RPCError(.cancelled, "the call was cancelled")))
                } else {
                    continuation.resume(returning: .notProcessed(RPCError(.unavailable, "the connection is closed")))
                }
            }
        } onCancel: {
            _ = self.mailbox.post(.cancel(callID: callID))
        }
    }

    /// Takes no new calls and closes when the last has ended.
    func drain() {
        _ = self.mailbox.post(.drain)
    }

    /// Closes now; calls under way fail.
    func close() {
        _ = self.mailbox.post(.close)
    }
}
