import FoundationEssentials

/// How times are written for people, and for programs beside them.
enum TimeText {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// `21 November 2026`.
    static func day(_ date: Date) -> String {
        let parts = self.parts(date)
        return "\(parts.day ?? 1) \(self.months[((parts.month ?? 1) - 1) % 12]) \(parts.year ?? 1970)"
    }

    /// `21 November 2026, 06:45:09 UTC`.
    static func moment(_ date: Date) -> String {
        let parts = self.parts(date)
        return "\(self.day(date)), \(self.two(parts.hour)):\(self.two(parts.minute)):\(self.two(parts.second)) UTC"
    }

    /// RFC 3339, for `<time datetime>`.
    static func machine(_ date: Date) -> String { date.formatted(.iso8601) }

    private static func parts(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        if let utc = TimeZone(secondsFromGMT: 0) { calendar.timeZone = utc }
        return calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : String(number)
    }
}
