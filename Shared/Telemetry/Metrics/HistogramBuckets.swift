/// Bucket layouts.
public enum HistogramBuckets {
    /// 30 bounds from a quarter of a millisecond to 30 seconds, each about 1.5 times the one before.
    public static let durations: [Double] = [
        0.000_25, 0.000_375, 0.000_5, 0.000_75, 0.001, 0.001_5, 0.002, 0.003, 0.004, 0.006, 0.008, 0.012, 0.016, 0.024, 0.032,
        0.048, 0.064, 0.096, 0.128, 0.192, 0.256, 0.384, 0.5, 0.75, 1, 2, 4, 8, 15, 30,
    ]

    /// Powers of four from 1 to about a million: rows, bytes, queue lengths.
    public static let sizes: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]
}
