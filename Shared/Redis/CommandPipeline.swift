/// The order of questions and answers on one connection, without I/O or clock.
///
/// Redis answers in the order of the commands and nothing in an answer says whose it is. So a request that its
/// caller gave up keeps its place here until its answers came, and they are dropped: cancelling never shifts
/// another caller's answer. Only a request that was not sent yet can be taken out.
struct CommandPipeline<Waiter> {
    /// What to do after a reply was read.
    enum Delivery {
        /// Keep reading.
        case pending
        /// The head request has all its replies.
        case completed(Waiter, [RedisValue])
        /// A reply that nobody asked for: the connection cannot be trusted any more.
        case unexpected
    }

    private struct Request {
        let id: UInt64
        let expected: Int
        let deadline: ContinuousClock.Instant
        var waiter: Waiter?
        var replies: [RedisValue] = []
    }

    private var nextID: UInt64 = 0
    private var sent: [Request] = []
    private var head = 0
    private var unsent: [(request: Request, bytes: [UInt8])] = []

    /// How many requests are waiting or in flight.
    var count: Int { self.sent.count - self.head + self.unsent.count }
    /// Whether an answer is due.
    var isAwaitingReply: Bool { self.head < self.sent.count }

    /// A number for a request that is about to be added.
    mutating func makeID() -> UInt64 {
        self.nextID += 1
        return self.nextID
    }

    /// Notes a request whose bytes go to the socket now.
    mutating func addSent(id: UInt64, expected: Int, deadline: ContinuousClock.Instant, waiter: Waiter) {
        self.sent.append(Request(id: id, expected: expected, deadline: deadline, waiter: waiter))
    }

    /// Notes a request that waits for the connection.
    mutating func addUnsent(id: UInt64, frame: CommandFrame, deadline: ContinuousClock.Instant, waiter: Waiter) {
        let request = Request(id: id, expected: frame.commandCount, deadline: deadline, waiter: waiter)
        self.unsent.append((request, frame.bytes))
    }

    /// Marks all waiting requests as sent and returns their bytes in order.
    mutating func takeUnsent() -> [[UInt8]] {
        let frames = self.unsent.map(\.bytes)
        self.sent.append(contentsOf: self.unsent.map(\.request))
        self.unsent = []
        return frames
    }

    /// Gives the next reply to the oldest request in flight.
    mutating func receive(_ reply: RedisValue) -> Delivery {
        guard self.isAwaitingReply else { return .unexpected }
        self.sent[self.head].replies.append(reply)
        let request = self.sent[self.head]
        guard request.replies.count == request.expected else { return .pending }
        self.removeHead()
        guard let waiter = request.waiter else { return .pending }
        return .completed(waiter, request.replies)
    }

    /// Gives up a request, and returns its waiter with whether it was sent; nil when it is already answered.
    mutating func abandon(id: UInt64) -> (waiter: Waiter, wasSent: Bool)? {
        if let index = self.unsent.firstIndex(where: { $0.request.id == id }) {
            return self.unsent.remove(at: index).request.waiter.map { ($0, false) }
        }
        guard let index = self.indexOfSent(id: id), let waiter = self.sent[index].waiter else { return nil }
        self.sent[index].waiter = nil
        return (waiter, true)
    }

    /// Gives up all requests whose deadline is not later than `now`.
    mutating func expire(at now: ContinuousClock.Instant) -> [(waiter: Waiter, wasSent: Bool)] {
        var expired: [(waiter: Waiter, wasSent: Bool)] = []
        for index in self.head..<self.sent.count where self.sent[index].deadline <= now {
            guard let waiter = self.sent[index].waiter else { continue }
            self.sent[index].waiter = nil
            expired.append((waiter, true))
        }
        expired += self.unsent.compactMap { entry in
            entry.request.deadline <= now ? entry.request.waiter.map { ($0, false) } : nil
        }
        self.unsent.removeAll { $0.request.deadline <= now }
        return expired
    }

    /// The next deadline at which ``expire(at:)`` has work.
    var earliestDeadline: ContinuousClock.Instant? {
        let sent = self.sent[self.head...].lazy.filter { $0.waiter != nil }.map(\.deadline).min()
        let unsent = self.unsent.lazy.map(\.request.deadline).min()
        return [sent, unsent].compactMap { $0 }.min()
    }

    /// Gives up what is in flight, because the connection broke.
    mutating func failSent() -> [Waiter] {
        let waiters = self.sent[self.head...].compactMap(\.waiter)
        self.sent = []
        self.head = 0
        return waiters
    }

    /// Gives up what was not sent.
    mutating func failUnsent() -> [Waiter] {
        let waiters = self.unsent.compactMap(\.request.waiter)
        self.unsent = []
        return waiters
    }

    /// Numbers grow along the queue, so the place is found by halving.
    private func indexOfSent(id: UInt64) -> Int? {
        var low = self.head
        var high = self.sent.count
        while low < high {
            let middle = (low + high) / 2
            if self.sent[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < self.sent.count && self.sent[low].id == id ? low : nil
    }

    private mutating func removeHead() {
        // The slot's replies are released at once; the slots themselves are moved up when half of them are empty.
        self.sent[self.head].replies = []
        self.sent[self.head].waiter = nil
        self.head += 1
        if self.head == self.sent.count {
            self.sent.removeAll(keepingCapacity: true)
            self.head = 0
        } else if self.head >= 1_024, self.head * 2 >= self.sent.count {
            self.sent.removeFirst(self.head)
            self.head = 0
        }
    }
}
