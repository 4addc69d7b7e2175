internal import NIOCore
internal import Synchronization

/// Gathers what many tasks want of one connection and hands it to the connection's event loop once per tick, so that all of
/// it leaves with one flush.
final class LoopMailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isScheduled = false
        var isClosed = false
    }

    private let loop: any EventLoop
    private let state = Mutex(State())
    private let deliver: @Sendable ([Message]) -> Void

    /// A mailbox whose messages are given to `deliver` on `loop`.
    init(loop: any EventLoop, deliver: @escaping @Sendable ([Message]) -> Void) {
        self.loop = loop
        self.deliver = deliver
    }

    /// Adds a message.
    /// - Parameter condition: Looked at under the lock; order against later messages is certain.
    /// - Returns: Whether the message was taken.
    func post(_ message: Message, if condition: () -> Bool = { true }) -> Bool {
        let (accepted, mustSchedule) = self.state.withLock { state -> (Bool, Bool) in
            guard !state.isClosed, condition() else { return (false, false) }
            state.messages.append(message)
            defer { state.isScheduled = true }
            return (true, !state.isScheduled)
        }
        if mustSchedule {
            self.loop.execute { self.drain() }
        }
        return accepted
    }

    /// Takes no more messages.
    /// - Returns: Those that were not delivered.
    func close() -> [Message] {
        self.state.withLock { state in
            state.isClosed = true
            defer { state.messages = [] }
            return state.messages
        }
    }

    private func drain() {
        let messages = self.state.withLock { state -> [Message] in
            state.isScheduled = false
            defer { state.messages = [] }
            return state.messages
        }
        if !messages.isEmpty {
            self.deliver(messages)
        }
    }
}
