import Synchronization

/// A value that tasks of a test change together.
final class Recorder<Value: Sendable>: Sendable {
    private let storage: Mutex<Value>

    init(_ value: Value) {
        self.storage = Mutex(value)
    }

    var value: Value { self.storage.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) {
        self.storage.withLock { body(&$0) }
    }
}
