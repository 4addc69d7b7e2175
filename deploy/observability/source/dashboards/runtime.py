"""What the processes use."""

from grafana import INSTANCE, SERVICE, Dashboard, lines, number, table

OF = '{service=~"$service", instance=~"$instance"'
RATE = "[$__rate_interval]"

DASHBOARD = Dashboard(
    uid="souk-runtime",
    title="Souk 6: processes",
    description="Memory, processor, file descriptors and threads of every process.",
    variables=[SERVICE, INSTANCE],
    rows=[
        ("Now", [
            number("Processes", "short", "count(process_start_time_seconds" + OF + "})", width=6),
            number("Memory", "bytes", "sum(process_resident_memory_bytes" + OF + "})", width=6),
            number("Processor", "short", "sum(rate(process_cpu_seconds_total" + OF + "}" + RATE + "))", decimals=2, width=6, help="Cores in use."),
            number("Processor time for each confirmed order", "s",
                   'sum(rate(process_cpu_seconds_total{job="services"}[5m])) / (sum(rate(orders_confirmed_total[5m])) > 0)', width=6, decimals=4,
                   help="Of all services together, over five minutes."),
        ]),
        ("Use", [
            lines("Processor", "short", ("sum by (instance) (rate(process_cpu_seconds_total" + OF + "}" + RATE + "))", "{{instance}}"),
                  help="Cores in use."),
            lines("Memory", "bytes", ("process_resident_memory_bytes" + OF + "}", "{{instance}}")),
            lines("Threads", "short", ("process_threads" + OF + "}", "{{instance}}")),
            lines("File descriptors", "short",
                  ("process_open_fds" + OF + "}", "{{instance}}"), ("min(process_max_fds" + OF + "})", "limit")),
            lines("Delay of tasks", "s",
                  ("histogram_quantile(0.5, sum by (instance, le) (rate(runtime_scheduling_delay_seconds_bucket" + OF + "}" + RATE + ")))", "{{instance}}, half"),
                  ("histogram_quantile(0.99, sum by (instance, le) (rate(runtime_scheduling_delay_seconds_bucket" + OF + "}" + RATE + ")))", "{{instance}}, 99 %"),
                  warn=0.05, help="How late a task runs that should run now: blocked threads, or too little processor."),
            lines("Age of the process", "s", ("time() - process_start_time_seconds" + OF + "}", "{{instance}}"), help="A saw is a crash loop."),
        ]),
        ("The watchers themselves", [
            lines("Duration of a scrape", "s", ("max by (job, instance) (scrape_duration_seconds)", "{{job}} {{instance}}"), width=8),
            lines("Series", "short", ("sum by (job) (scrape_samples_scraped)", "{{job}}"), width=8, help="Samples of one scrape of all targets."),
            lines("Readings of the databases", "s",
                  ("sum by (service, sample) (rate(sample_duration_seconds_sum[5m])) / sum by (service, sample) (rate(sample_duration_seconds_count[5m]))",
                   "{{service}} {{sample}}"), width=8,
                  help="How long it takes to read lags, ages and counts, on average over five minutes. Each instance reads every ten seconds."),
            table("Instances", "souk_build_info" + OF + "}", {"service": "Service", "instance": "Instance", "exported_instance": "Calls itself"},
                  width=24, height=7),
        ]),
    ],
)
