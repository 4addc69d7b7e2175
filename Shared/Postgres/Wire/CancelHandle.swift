import CLibPQ
import Dispatch

/// Asks the server, over a connection of its own, to give up what a connection is doing.
///
/// Unchecked, because libpq documents it: `PQcancel` uses nothing of the connection and may be called from any thread.
@safe final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQfreeCancel(self.pointer)
    }

    /// Sends the request from a helper thread, because libpq connects with a blocking call.
    func cancelInBackground() {
        DispatchQueue.global(qos: .utility).async {
            unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
                _ = unsafe PQcancel(self.pointer, message.baseAddress, 256)
            }
        }
    }
}
