internal import Synchronization

/// Lets callers that want the same thing at the same time share one piece of work.
///
/// The first caller for a key starts the work in a task of its own, which inherits that caller's task-locals. Everybody who
/// asks before it ends gets its result or its error. A caller that is cancelled leaves at once with `CancellationError`; the
/// work goes on for the others and is cancelled when nobody waits any more.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Flight {
        let id: UInt64
        var task: Task<Void, Never>?
        var waiters: [UInt64: CheckedContinuation<Value, any Error>] = [:]
    }

    private struct State {
        var flights: [Key: Flight] = [:]
        var lastID: UInt64 = 0

        mutating func nextID() -> UInt64 {
            self.lastID += 1
            return self.lastID
        }
    }

    private let state = Mutex(State())

    /// Nothing in flight.
    public init() {}

    /// The number of pieces of work running now.
    public var count: Int {
        self.state.withLock { $0.flights.count }
    }

    /// Waits for the work in flight for `key`, starting it if there is none.
    /// - Throws: The work's error, or `CancellationError` when the calling task is cancelled.
    public func run(_ key: Key, _ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let waiter = self.state.withLock { $0.nextID() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.join(key, waiter, continuation, work)
            }
        } onCancel: {
            self.leave(key, waiter)
        }
    }

    private func join(
        _ key: Key,
        _ waiter: UInt64,
        _ continuation: CheckedContinuation<Value, any Error>,
        _ work: @escaping @Sendable () async throws -> Value
    ) {
        let joined = self.state.withLock { state -> Bool in
            // A cancellation from here on waits for the lock and then finds the waiter.
            guard !Task.isCancelled else { return false }
            if state.flights[key] == nil {
                let id = state.nextID()
                var flight = Flight(id: id)
                flight.task = Task { await self.perform(key, id, work) }
                state.flights[key] = flight
            }
            state.flights[key]?.waiters[waiter] = continuation
            return true
        }
        if !joined {
            continuation.resume(throwing: CancellationError())
        }
    }

    private func perform(_ key: Key, _ id: UInt64, _ work: @Sendable () async throws -> Value) async {
        let result: Result<Value, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        let waiters = self.state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard let flight = state.flights[key], flight.id == id else { return [] }
            state.flights[key] = nil
            return Array(flight.waiters.values)
        }
        for waiter in waiters {
            waiter.resume(with: result)
        }
    }

    private func leave(_ key: Key, _ waiter: UInt64) {
        let (continuation, abandoned) = self.state.withLock {
            state -> (CheckedContinuation<Value, any Error>?, Task<Void, Never>?) in
            guard let continuation = state.flights[key]?.waiters.removeValue(forKey: waiter) else { return (nil, nil) }
            guard state.flights[key]?.waiters.isEmpty == true else { return (continuation, nil) }
            return (continuation, state.flights.removeValue(forKey: key)?.task)
        }
        abandoned?.cancel()
        continuation?.resume(throwing: CancellationError())
    }
}
