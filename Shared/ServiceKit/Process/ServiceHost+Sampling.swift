import Logging

extension ServiceHost {
    /// Takes a reading again and again, each `SAMPLE_SECONDS`, to keep gauges that no event could keep right: lags, ages,
    /// counts in tables.
    ///
    /// Every instance takes it, so that no one has to be elected and none can be missed. They read the same tables and show
    /// the same values: put them together with `max`, never with `sum`.
    ///
    /// It is ``PeriodicWork`` that has ten seconds for a reading and pauses for longer, up to six times, after a slow one. Its
    /// metrics begin with `sample_` in place of `periodic_work_` and have the label `sample`;
    /// `sample_last_success_timestamp_seconds` says how old the gauges are.
    ///
    /// - Parameters:
    ///   - name: What is read, such as `outbox`; a label.
    ///   - take: Reads and sets the gauges.
    public func sample(_ name: String, _ take: @escaping @Sendable () async throws -> Void) throws {
        let interval = try self.settings.value(ProcessSettings.sampleInterval)
        let pauses = PeriodicPauses(interval: interval, jitter: 0.1, isSparing: true)
        let metrics = PeriodicWorkMetrics(sample: name)
        self.add(PeriodicWork(name, pauses: pauses, deadline: .seconds(10), metrics: metrics, logger: self.logger, take))
    }
}
