import Commerce
import OrderTrackingDomain

/// Waits for an order to move: woken at once by changes of this instance, looking again for those of others.
struct AwaitOrder: Sendable {
    let store: any OrderStore
    let watch: OrderWatch
    /// How long to wait before looking again.
    var interval: Duration = .milliseconds(150)

    /// The order when it is confirmed or cancelled, or as it stands when the time is over.
    func settled(_ id: OrderID, within time: Duration) async throws -> OrderView? {
        let end = ContinuousClock.now + time
        while true {
            guard let view = try await self.store.view(id) else { return nil }
            let left = ContinuousClock.now.duration(to: end)
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
