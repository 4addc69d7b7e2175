/// A queue over an array: append at the tail and take from the head, both in constant amortized time.
public struct FIFO<Element> {
    private var storage: [Element?] = []
    private var head = 0

    /// An empty queue.
    public init() {}

    /// How many elements wait.
    public var count: Int { self.storage.count - self.head }
    /// Whether nothing waits.
    public var isEmpty: Bool { self.head == self.storage.count }
    /// The oldest element, which ``popFirst()`` would take.
    public var first: Element? { self.isEmpty ? nil : self.storage[self.head] }

    /// Adds the newest element.
    public mutating func append(_ element: Element) {
        self.storage.append(element)
    }

    /// Takes the oldest element.
    public mutating func popFirst() -> Element? {
        guard !self.isEmpty else { return nil }
        let element = self.storage[self.head]
        self.storage[self.head] = nil
        self.head += 1
        if self.head == self.storage.count {
            self.storage.removeAll(keepingCapacity: true)
            self.head = 0
        } else if self.head > 64, self.head * 2 > self.storage.count {
            self.storage.removeFirst(self.head)
            self.head = 0
        }
        return element
    }

    /// Takes everything, oldest first.
    public mutating func popAll() -> [Element] {
        let all = self.storage[self.head...].compactMap { $0 }
        self = FIFO()
        return all
    }
}

extension FIFO: Sendable where Element: Sendable {}
