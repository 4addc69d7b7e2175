/// How calls to the provider are made.
package struct CallWorkerConfiguration: Sendable {
    /// Calls at once from this instance. Defaults to 64.
    package var concurrency: Int
    /// How long a claimed call belongs to this instance; longer than a call can take. Defaults to 30 seconds.
    package var lease: Duration
    /// How often calls are looked for that nobody announced: retries, and those of an instance that died. Defaults to 0.5 seconds.
    package var pollInterval: Duration

    package init(concurrency: Int = 64, lease: Duration = .seconds(30), pollInterval: Duration = .milliseconds(500)) {
        self.concurrency = max(1, concurrency)
        self.lease = lease
        self.pollInterval = pollInterval
    }
}
