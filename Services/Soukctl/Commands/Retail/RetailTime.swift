/// The file's own clock: seconds since 1970 of a wall clock without a zone.
package struct RetailTime: Sendable, Hashable, Comparable {
    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads `12/1/10 8:26` (month, day, year, as the data set writes it) or `2010-12-01 08:26[:00]`.
    package init?(_ text: String) {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard parts.count == 2 else { return nil }
        let date: [Int]
        if parts[0].contains("/") {
            let numbers = parts[0].split(separator: "/", omittingEmptySubsequences: false).compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            date = [numbers[2] < 100 ? 2000 + numbers[2] : numbers[2], numbers[0], numbers[1]]
        } else {
            date = parts[0].split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
        }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard date.count == 3, (1...12).contains(date[1]), (1...31).contains(date[2]), (1900...9999).contains(date[0]) else {
            return nil
        }
        guard (2...3).contains(clock.count), (0...23).contains(clock[0]), (0...59).contains(clock[1]) else { return nil }
        let days = Self.daysSince1970(year: date[0], month: date[1], day: date[2])
        let seconds = clock.count == 3 ? clock[2] : 0
        self.seconds = Int64(days) * 86_400 + Int64(clock[0] * 3_600 + clock[1] * 60 + seconds)
    }

    package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// Days in the proleptic Gregorian calendar. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
