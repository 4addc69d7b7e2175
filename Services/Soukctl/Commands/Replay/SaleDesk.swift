/// Hands out sales to the shoppers in the file's order, as ``SaleSchedule`` allows.
package actor SaleDesk {
    private var schedule: SaleSchedule
    private var waiting: [CheckedContinuation<Int?, Never>] = []

    package init(_ sales: [Sale]) {
        self.schedule = SaleSchedule(sales)
    }

    /// The next sale to begin; waits while every remaining one must wait for another. `nil` when all are finished.
    package func next() async -> Int? {
        if let index = self.schedule.next() { return index }
        if self.schedule.isDone { return nil }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The handler may have run before there was anything to resume.
                if Task.isCancelled { continuation.resume(returning: nil) } else { self.waiting.append(continuation) }
            }
        } onCancel: {
            Task { await self.stop() }
        }
    }

    /// The order is acknowledged: others may change its prices.
    package func placed(_ index: Int) {
        self.schedule.placed(index)
        self.wake()
    }

    /// The order is final and the cart is empty, or the sale was given up.
    package func finished(_ index: Int) {
        self.schedule.finished(index)
        self.wake()
    }

    private func wake() {
        while !self.waiting.isEmpty, let index = self.schedule.next() {
            self.waiting.removeFirst().resume(returning: index)
        }
        if self.schedule.isDone { self.stop() }
    }

    /// Sends everybody home.
    private func stop() {
        for continuation in self.waiting { continuation.resume(returning: nil) }
        self.waiting = []
    }
}
