/// One socket watched by a ``ReadinessLoop``.
///
/// A registration belongs to the loop's thread: create, change and cancel it there.
/// The owner keeps it and calls ``cancel()`` before it closes the socket.
public final class Registration {
    private let core: LoopCore
    let token: UInt64
    private(set) var fileDescriptor: Int32
    private(set) var interest: Interest
    private var isActive = true

    init(core: LoopCore, token: UInt64, fileDescriptor: Int32, interest: Interest) {
        self.core = core
        self.token = token
        self.fileDescriptor = fileDescriptor
        self.interest = interest
    }

    /// Waits for something else from now on. Costs nothing when the interest is the same as before.
    public func setInterest(_ interest: Interest) {
        guard self.isActive, interest != self.interest else { return }
        self.interest = interest
        self.core.watch(self.fileDescriptor, interest: interest, token: self.token)
    }

    /// Follows a library that may have replaced its socket.
    ///
    /// libpq closes one socket and opens the next while it tries the addresses of a host. The new one can get the same
    /// number, of which the kernel has forgotten everything, so this always tells the kernel again.
    ///
    /// - Parameters:
    ///   - fileDescriptor: The socket in use now.
    ///   - interest: What to wait for on it.
    public func move(to fileDescriptor: Int32, interest: Interest) {
        guard self.isActive else { return }
        if fileDescriptor != self.fileDescriptor {
            self.core.unwatch(self.fileDescriptor)
        }
        self.fileDescriptor = fileDescriptor
        self.interest = interest
        self.core.watch(fileDescriptor, interest: interest, token: self.token)
    }

    /// Stops watching. The callback is not called again, not even for events that the kernel has already reported.
    public func cancel() {
        guard self.isActive else { return }
        self.isActive = false
        self.core.remove(self)
    }
}
