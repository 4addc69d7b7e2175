import Glibc

/// What the process itself uses, under the names that Prometheus' dashboards know.
enum ProcessMetrics {
    static func install(in registry: PrometheusRegistry, service: String, instance: String) {
        let started = Double(Timestamp.now.secondsSinceEpoch)
        let identity = MetricName.labels([("service", service), ("instance", instance)])
        registry.addCollector { text in
            func gauge(_ name: String, labels: String = "", _ help: String, _ value: Double) {
                text.family(name, type: "gauge", help: help)
                text.sample(name, labels: labels, value)
            }
            gauge("souk_build_info", labels: identity, "Which service and instance this is; always 1.", 1)
            gauge("process_start_time_seconds", "Start of the process, Unix time.", started)
            text.family("process_cpu_seconds_total", type: "counter", help: "Processor time used, user and system.")
            text.sample("process_cpu_seconds_total", self.processorSeconds())
            gauge("process_resident_memory_peak_bytes", "Largest resident memory so far.", self.peakMemoryBytes())
            if let now = ProcessStatus.now {
                gauge("process_resident_memory_bytes", "Resident memory now.", Double(now.residentBytes))
                gauge("process_virtual_memory_bytes", "Address space in use.", Double(now.virtualBytes))
                gauge("process_threads", "Threads of the process.", Double(now.threads))
            }
            if let open = ProcessStatus.openDescriptors {
                gauge("process_open_fds", "File descriptors in use.", Double(open))
            }
            gauge("process_max_fds", "File descriptors that the process may have.", self.descriptorLimit())
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
        Double(self.usage().ru_maxrss) * 1_024
    }

    private static func descriptorLimit() -> Double {
        var limit = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Double(limit.rlim_cur)
    }
}
