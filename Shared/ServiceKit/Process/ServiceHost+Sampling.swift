import Logging

extension ServiceHost {
    /// Takes a reading again and again, each `SAMPLE_SECONDS`, to keep gauges that no event could keep right: lags, ages,
    /// counts in tables.
    ///
    /// Every instance takes it, so that no one has to be elected and none can be missed. They read the same tables and show
    /// the same values: put them together with `max`, never with `sum`.
    ///
    /// - Parameters:
    ///   - name: What is read, such as `outbox`; a label.
    ///   - take: Reads and sets the gauges.
    public func sample(_ name: String, _ take: @escaping @Sendable () async throws -> Void) throws {
        let interval = try self.settings.value(ProcessSettings.sampleInterval)
        self.add(SampleService(name: name, interval: interval, logger: self.logger, take: take))
    }
}
