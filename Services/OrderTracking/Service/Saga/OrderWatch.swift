import Commerce
import Synchronization

/// Tells those who wait in this process that an order has moved.
///
/// It is a hint: an order that another instance moved is noticed by looking again after a while.
final class OrderWatch: Sendable {
    private struct State {
        var next: UInt64 = 0
        var waiting: [OrderID: [UInt64: CheckedContinuation<Void, Never>]] = [:]
        /// Tickets whose time was over, or whose task was cancelled, before they began to wait.
        var over: Set<UInt64> = []
    }

    private let state = Mutex(State())

    /// The order has moved: wakes all who wait for it.
    func changed(_ order: OrderID) {
        let woken = self.state.withLock { $0.waiting.removeValue(forKey: order) }
        for continuation in (woken ?? [:]).values { continuation.resume() }
    }

    /// Waits until the order moves in this process, at most `timeout`. Cancellation ends the wait.
    func wait(for order: OrderID, atMost timeout: Duration) async {
        let ticket = self.state.withLock { state in
            state.next += 1
            return state.next
        }
        let timer = Task {
            guard (try? await Task.sleep(for: timeout)) != nil else { return }  // Cancelled: the wait is over already.
            self.leave(order, ticket)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isLate = self.state.withLock { state in
                    if state.over.contains(ticket) { return true }
                    state.waiting[order, default: [:]][ticket] = continuation
                    return false
                }
                if isLate { continuation.resume() }
            }
        } onCancel: {
            self.leave(order, ticket)
        }
        timer.cancel()
        _ = self.state.withLock { $0.over.remove(ticket) }
    }

    private func leave(_ order: OrderID, _ ticket: UInt64) {
        let continuation = self.state.withLock { state in
            guard let continuation = state.waiting[order]?.removeValue(forKey: ticket) else {
                state.over.insert(ticket)
                return nil as CheckedContinuation<Void, Never>?
            }
            if state.waiting[order]?.isEmpty == true { state.waiting[order] = nil }
            return continuation
        }
        continuation?.resume()
    }
}
