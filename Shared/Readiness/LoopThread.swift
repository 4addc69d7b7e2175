import CEpoll
import Glibc
import Synchronization

/// The loop's thread: starts it, knows which loop the current thread belongs to, and turns the ticks.
final class LoopThread: Sendable {
    /// What a thread needs to run one loop. Handed over once, to the new thread.
    @safe private final class Context {
        let name: String
        let inbox: LoopInbox
        let core: LoopCore
        let serial: UnownedSerialExecutor
        let task: UnownedTaskExecutor

        init(name: String, inbox: LoopInbox, serial: UnownedSerialExecutor, task: UnownedTaskExecutor) {
            self.name = name
            self.inbox = inbox
            self.core = LoopCore(wakeDescriptor: inbox.wakeDescriptor)
            unsafe self.serial = serial
            unsafe self.task = task
        }
    }

    /// The thread-local slot that holds the `Context`. Made once; `pthread_key_create` fails only beyond 1,024 keys.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let result = unsafe pthread_key_create(&key, nil)
        precondition(result == 0, "pthread_key_create failed")
        return key
    }()

    private let name: String
    private let inbox: LoopInbox

    init(name: String, inbox: LoopInbox) {
        self.name = name
        self.inbox = inbox
    }

    static var currentInbox: LoopInbox? { Self.current?.inbox }

    static var currentCore: LoopCore {
        guard let current = Self.current else { preconditionFailure("Not a loop's thread") }
        return current.core
    }

    private static var current: Context? {
        guard let pointer = unsafe pthread_getspecific(Self.key) else { return nil }
        return unsafe Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Starts the thread. The executors are unowned: the loop outlives its work, as every executor must.
    func start(for loop: ReadinessLoop) {
        let context = unsafe Context(
            name: self.name,
            inbox: self.inbox,
            serial: loop.asUnownedSerialExecutor(),
            task: loop.asUnownedTaskExecutor()
        )
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(context).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe LoopThread.main(Unmanaged<Context>.fromOpaque(argument).takeRetainedValue())
                return nil
            },
            argument
        )
        precondition(result == 0, "pthread_create failed")
        pthread_detach(thread)
    }

    private static func main(_ context: Context) {
        _ = unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(context).toOpaque())
        unsafe souk_name_thread(context.name)
        var work: [LoopInbox.Work] = []
        work.reserveCapacity(256)
        repeat {
            Self.waitForEvents(context)
            context.inbox.take(into: &work)
            for item in work {
                switch item {
                case .job(let job): unsafe job.runSynchronously(isolatedTo: context.serial, taskExecutor: context.task)
                case .action(let action): action()
                }
            }
            work.removeAll(keepingCapacity: true)
            context.core.fireDueTimers()
            context.core.runEndOfTick()
        } while context.inbox.wokeUp()
        _ = pthread_setspecific(Self.key, nil)
    }

    /// Sleeps only when no work waits; looks at the sockets in any case.
    private static func waitForEvents(_ context: Context) {
        let maySleep = context.inbox.prepareToSleep()
        let woken = context.core.poll(timeoutMilliseconds: maySleep ? context.core.sleepMilliseconds() : 0)
        if woken { context.inbox.drainWakeUps() }
    }
}
