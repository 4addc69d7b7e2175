import FoundationEssentials

/// The wall clock in seconds since 1970.
enum WallClock {
    static var seconds: Int64 { Int64(Date().timeIntervalSince1970) }
}
