/// Says that there is work. Signals that nobody has heard yet become one.
package final class WorkSignal: Sendable {
    /// One element for one or more calls of ``wake()``. For one listener.
    package let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (self.wakes, self.continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func wake() {
        self.continuation.yield()
    }
}
