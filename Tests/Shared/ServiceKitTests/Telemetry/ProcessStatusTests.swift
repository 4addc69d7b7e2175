import Testing

@testable import Telemetry

@Suite struct ProcessStatusTests {
    @Test func readsTheKernelsLine() throws {
        // The program's name may hold spaces and parentheses.
        let line = "42 (a) (b c) S 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 123 1048576 25 18446744073709551615 1"
        let status = try #require(ProcessStatus(line: line, pageSize: 4_096))
        #expect(status == ProcessStatus(threads: 9, virtualBytes: 1_048_576, residentBytes: 102_400))
    }

    @Test(arguments: ["", "42", "42 (a)", "42 (a) S 1 2 3"]) func refusesWhatItIsNot(line: String) {
        #expect(ProcessStatus(line: line, pageSize: 4_096) == nil)
    }

    @Test func knowsThisProcess() throws {
        let status = try #require(ProcessStatus.now)
        #expect(status.threads > 0 && status.residentBytes > 1_000_000 && status.virtualBytes > status.residentBytes)
        let descriptors = try #require(ProcessStatus.openDescriptors)
        #expect(descriptors >= 3)
    }

    @Test func isShownUnderTheUsualNames() {
        let registry = PrometheusRegistry()
        ProcessMetrics.install(in: registry, service: "s", instance: "s-0")
        let text = registry.text()
        for name in [
            "process_start_time_seconds", "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes",
            "process_open_fds", "process_max_fds", "process_threads",
        ] {
            #expect(text.contains("\n\(name) "), "\(name)")
        }
    }
}
