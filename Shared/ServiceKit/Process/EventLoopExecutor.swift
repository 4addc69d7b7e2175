import CConcurrency
import NIOCore
import NIOPosix

/// Lets the tasks of the process run on the threads that do its network I/O.
///
/// Otherwise a request is read on an event loop, handled in Swift's own pool of threads, and answered on the loop again: two
/// changes of thread for each await of the network, each with a wake-up of a sleeping thread. On the loops, what was read is
/// handled where it was read. See docs/decisions/0016-tasks-run-on-the-event-loops.md.
///
/// Nothing may block a task's thread, as in Swift's own pool, which has no more threads either.
enum EventLoopExecutor {
    /// Installs it for the rest of the process's life. Called once, before the first event loop is used.
    ///
    /// - Parameter loops: How many event loops there are, each with its thread; 0 for one on each core.
    static func install(loops: Int) {
        if loops > 0 { NIOSingletons.groupLoopCountSuggestion = loops }
        unsafe souk_send_jobs_to { job in
            // As a number: the loop's thread takes the job over, and nobody else has it.
            let job = UInt(bitPattern: job)
            // The loop of this thread, if it has one: then nobody has to be woken.
            MultiThreadedEventLoopGroup.singleton.any().execute {
                guard let job = unsafe UnsafeMutableRawPointer(bitPattern: job) else { return }
                unsafe souk_run_job(job)
            }
        }
    }
}
