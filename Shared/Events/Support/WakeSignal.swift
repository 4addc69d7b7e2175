internal import Synchronization

/// A flag to wait on: any number of wakes before or during a wait end it once.
///
/// One task waits at a time. Should a second one come, the first is sent off as if somebody had woken it.
final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    init() {}

    /// Ends the current wait, or the next one.
    func wake() {
        let waiter = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isSet = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Waits until somebody wakes, the time is over or the task is cancelled.
    ///
    /// - Returns: Whether somebody woke.
    @discardableResult
    func wait(atMost limit: Duration) async -> Bool {
        if self.takeFlag() { return true }
        if Task.isCancelled { return false }
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.waitForWake() }
            group.addTask {
                // A cancelled sleep ends the wait like one that is over.
                do { try await Task.sleep(for: limit) } catch {}
                return false
            }
            let woken = await group.next() ?? false
            group.cancelAll()
            return woken
        }
    }

    private func takeFlag() -> Bool {
        self.state.withLock { state in
            defer { state.isSet = false }
            return state.isSet
        }
    }

    private func waitForWake() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let done = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
                    if state.isSet || Task.isCancelled {
                        state.isSet = false
                        return continuation
                    }
                    defer { state.waiter = continuation }
                    return state.waiter
                }
                done?.resume()
            }
        } onCancel: {
            let waiter = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
        return !Task.isCancelled
    }
}
