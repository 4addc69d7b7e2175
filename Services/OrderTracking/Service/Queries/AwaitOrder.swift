import Commerce
import OrderTrackingDomain
import Resilience

/// Waits for an order to move: woken at once by changes of this instance, looking again for those of others.
struct AwaitOrder: Sendable {
    let store: any OrderStore
    let watch: OrderWatch
    /// How long to wait before looking again.
    var interval: Duration = .milliseconds(150)
    /// How long a look may take.
    var lookTimeout: Duration = .seconds(5)

    /// The order when it is confirmed or cancelled, or as it stands when the time is over.
    ///
    /// The time is the client's wish and no part of the request's deadline, which may be over earlier: each look at the order
    /// has a limit of its own.
    func settled(_ id: OrderID, within time: Duration) async throws -> OrderView? {
        let end = ContinuousClock.now + time
        while true {
            let left = ContinuousClock.now.duration(to: end)
            let look = Deadline.after(min(self.lookTimeout, max(left, .seconds(1))))
            let seen = try await CallScope.detached { try await withDeadline(look) { try await self.store.view(id) } }
            guard let view = seen else { return nil }
            if view.order.saga.status.isSettled || left <= .zero { return view }
            await self.watch.wait(for: id, atMost: min(self.interval, left))
        }
    }

    /// Timeline entries after `entry`, as soon as there is one, or none when the time is over.
    func entries(of id: OrderID, after entry: Int, within time: Duration) async throws -> [TimelineEntry] {
        let end = ContinuousClock.now + time
        while true {
            let entries = try await self.store.timeline(of: id, after: entry)
            let left = ContinuousClock.now.duration(to: end)
            if !entries.isEmpty || left <= .zero || Task.isCancelled { return entries }
            await self.watch.wait(for: id, atMost: min(self.interval, left))
        }
    }
}
