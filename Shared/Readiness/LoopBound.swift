/// Carries a value that belongs to a loop's thread through another thread, which cannot touch it.
///
/// Unchecked, because the rule is kept at run time: reading it anywhere but on the loop stops the process. The last reference
/// must be dropped on the loop too, when the value cares where it is destroyed.
public final class LoopBound<Value>: @unchecked Sendable {
    private let loop: ReadinessLoop
    private let storage: Value

    /// Wraps a value. Called on the loop.
    public init(_ value: Value, on loop: ReadinessLoop) {
        loop.checkIsolated()
        self.loop = loop
        self.storage = value
    }

    /// The value, on the loop.
    public var value: Value {
        self.loop.checkIsolated()
        return self.storage
    }
}
