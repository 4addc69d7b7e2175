import Glibc

/// What the process itself uses, under the names that Prometheus' dashboards know.
enum ProcessMetrics {
    static func install(in registry: PrometheusRegistry, service: String, instance: String) {
        let started = Double(Timestamp.now.secondsSinceEpoch)
        let identity = MetricName.labels([("service", service), ("instance", instance)])
        registry.addCollector { text in
            text.family("souk_build_info", type: "gauge", help: "Which service and instance this is; always 1.")
            text.sample("souk_build_info", labels: identity, 1)
            text.family("process_start_time_seconds", type: "gauge", help: "Start of the process, Unix time.")
            text.sample("process_start_time_seconds", started)
            text.family("process_cpu_seconds_total", type: "counter", help: "Processor time used, user and system.")
            text.sample("process_cpu_seconds_total", self.processorSeconds())
            text.family("process_resident_memory_peak_bytes", type: "gauge", help: "Largest resident memory so far.")
            text.sample("process_resident_memory_peak_bytes", self.peakMemoryBytes())
        }
    }

    private static func usage() -> rusage {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    private static func processorSeconds() -> Double {
        let usage = self.usage()
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    private static func peakMemoryBytes() -> Double {
        #if canImport(Darwin)
        Double(self.usage().ru_maxrss)
        #else
        Double(self.usage().ru_maxrss) * 1_024
        #endif
    }
}
