/// Cuts time into slices of equal length, numbered from an origin. Windows over the last n slices count with them.
struct TimeSlices: Sendable {
    private let origin: ContinuousClock.Instant
    private let nanosecondsPerSlice: Int64

    init(origin: ContinuousClock.Instant, width: Duration) {
        self.origin = origin
        self.nanosecondsPerSlice = max(1, width.nanoseconds)
    }

    /// The number of the slice that `now` falls into. Time before the origin belongs to slice 0.
    func number(at now: ContinuousClock.Instant) -> Int64 {
        max(0, self.origin.duration(to: now).nanoseconds / self.nanosecondsPerSlice)
    }
}
