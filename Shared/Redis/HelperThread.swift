internal import Glibc

/// A thread for a call that blocks, such as `getaddrinfo`, so that it holds up neither the loop nor the tasks.
enum HelperThread {
    private final class Work {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs the closure on a thread of its own.
    ///
    /// - Returns: Whether the system had a thread for it. If not, the closure does not run.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let argument = unsafe Unmanaged.passRetained(Work(body: body)).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            argument
        )
        guard result == 0 else {
            unsafe Unmanaged<Work>.fromOpaque(argument).release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
