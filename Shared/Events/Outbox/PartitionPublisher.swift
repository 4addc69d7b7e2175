/// What a relay knows about one partition and what it does next: the rules alone, no I/O.
struct PartitionPublisher: Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        /// Everything is published, or waits for room.
        case idle
        /// Ask the log where it ends.
        case locate
        /// The log has lost the partition: let it begin again behind what every reader has.
        case rewind
        /// Append the events from a number on, where the log ends at a position.
        case send(after: LogPosition, from: Int64)
        /// The log knows more than we do: look at the lease, and if it is still ours, begin a new epoch.
        case ahead
    }

    /// The epochs of the numbers.
    private(set) var numbering: EpochNumbering
    /// The last number given.
    private(set) var head: Int64
    /// Where the log ends, as far as we know; nil when we must ask.
    private(set) var tail: LogPosition?
    private var isLost = false
    private var isFull = false

    /// A partition whose lease was just taken: the log has to be asked.
    init(head: Int64, bases: [Int64]) {
        self.head = head
        self.numbering = EpochNumbering(bases: bases)
    }

    /// What to do next.
    var step: Step {
        if self.isLost { return .rewind }
        guard let tail else { return .locate }
        guard let next = self.numbering.next(after: tail, head: self.head) else { return .ahead }
        return next > self.head || self.isFull ? .idle : .send(after: tail, from: next)
    }

    /// The lease was renewed; the database knows these numbers.
    mutating func renewed(head: Int64, bases: [Int64]) {
        self.head = max(self.head, head)
        if bases.count != self.numbering.bases.count {
            self.numbering = EpochNumbering(bases: bases)
            self.head = head
        }
    }

    /// Numbers up to this one were given.
    mutating func numbered(upTo head: Int64) {
        self.head = max(self.head, head)
    }

    /// The log told where it ends.
    mutating func located(_ tail: LogPosition) {
        self.tail = tail
        self.isFull = false
        // An empty log is where a new topic begins, and what is left after a loss: a rewind finds out which.
        self.isLost = tail == .start && self.head > 0
    }

    /// The log begins anew behind a position.
    mutating func restarted(at position: LogPosition) {
        self.tail = position
        self.isLost = false
        self.isFull = false
    }

    /// The events to send are not there any more: begin behind them.
    mutating func lostHistory() {
        self.isLost = true
    }

    /// An append was answered.
    mutating func answered(_ outcome: AppendOutcome, to last: LogPosition) {
        switch outcome {
        case .appended(let position): self.tail = position
        // It is there; should it vanish after all, the next look at the log's end will tell.
        case .unconfirmed: self.tail = last
        case .tail(let position): self.located(position)
        case .full: self.isFull = true
        }
    }

    /// The outcome of an append is unknown: ask before the next one.
    mutating func forgetTail() {
        self.tail = nil
    }
}
