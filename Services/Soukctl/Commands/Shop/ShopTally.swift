import Synchronization

/// Counts what the shop answered, over all shoppers.
package final class ShopTally: Sendable {
    /// The counts at one moment.
    package struct Counts: Sendable, Hashable {
        package var requests = 0
        package var retries = 0
        package var noConnection = 0
        /// Answers of 500: the contract has none.
        package var internalErrors = 0
        /// Answers of 429, 502, 503 and 504.
        package var refused = 0
        /// Reads of what the reader had just written.
        package var readBacks = 0
        /// Those that did not show it: the request and the start of the answer.
        package var stale: [String] = []

        package init() {}
    }

    private let counts = Mutex(Counts())

    package init() {}

    package var current: Counts { self.counts.withLock { $0 } }

    package func count(_ change: (inout Counts) -> Void) {
        self.counts.withLock { change(&$0) }
    }
}
