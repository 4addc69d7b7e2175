/// Which epoch a sequence number belongs to.
struct EpochNumbering: Hashable, Sendable {
    /// For each epoch, from the first, the number before its first event; never falling. The first is 0.
    let bases: [Int64]

    /// The epoch of new events.
    var current: Int64 { Int64(self.bases.count) }

    /// The full position of a number; ``LogPosition/start`` for 0.
    func position(of sequence: Int64) -> LogPosition {
        LogPosition(epoch: Int64(self.bases.count { $0 < sequence }), sequence: sequence)
    }

    /// The number to publish after a position at which a log ends, or nil when the log knows more than these numbers:
    /// then the database went back in time, or these numbers are old.
    ///
    /// A log that ends in an older epoch may hold numbers beyond that epoch's end: they were lost in the database and are
    /// given anew in the next epoch.
    func next(after tail: LogPosition, head: Int64) -> Int64? {
        guard tail.epoch <= self.current else { return nil }
        guard tail.epoch < self.current else { return tail.sequence <= head ? tail.sequence + 1 : nil }
        return min(tail.sequence, self.bases[Int(tail.epoch)]) + 1
    }
}
