/// When a sale may begin, counted from the start of the replay.
package enum Pacing: Sendable, Hashable {
    /// As fast as the shop can.
    case max

    /// The file's timestamps, so many times faster.
    case speed(Double)

    /// So many sales in a second.
    case rate(Double)

    /// - Parameters:
    ///   - index: The place of the sale in the plan.
    ///   - time: Its time in the file.
    ///   - first: The time of the first sale in the file.
    package func due(_ index: Int, at time: RetailTime, first: RetailTime) -> Duration {
        switch self {
        case .max: .zero
        case .speed(let factor): .milliseconds(Int64(Double(Swift.max(0, time.seconds - first.seconds)) * 1_000 / factor))
        case .rate(let perSecond): .milliseconds(Int64(Double(index) * 1_000 / perSecond))
        }
    }
}
