/// A timer of a ``ReadinessLoop``, to cancel it by.
///
/// It belongs to the loop's thread, as a ``Registration`` does.
public final class LoopTimer {
    private(set) var action: (() -> Void)?
    private let core: LoopCore

    init(core: LoopCore, action: @escaping () -> Void) {
        self.core = core
        self.action = action
    }

    /// Forgets the timer. Harmless when it has fired or was cancelled before.
    public func cancel() {
        guard self.action != nil else { return }
        self.action = nil
        self.core.timerWasCancelled()
    }

    func fire() {
        let action = self.action
        self.action = nil
        action?()
    }
}
