import Metrics
import ServiceLifecycle

/// Measures how late a task runs that should run now: the load of the threads that all tasks share. Work that blocks one
/// of them, or too little processor, shows here first.
struct SchedulingProbe: Service {
    private static let interval = Duration.milliseconds(500)

    private let delay = Metrics.Timer(label: "runtime_scheduling_delay_seconds")

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let due = ContinuousClock.now + Self.interval
                guard (try? await Task.sleep(until: due)) != nil else { return }
                self.delay.record(duration: due.duration(to: .now))
            }
        }
    }
}
