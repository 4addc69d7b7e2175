import Glibc
import Synchronization
import Testing

@testable import Readiness

@Suite(.timeLimit(.minutes(5))) struct ReadinessLoopTests {
    private actor Pinned {
        let loop: ReadinessLoop
        private var count = 0

        init(loop: ReadinessLoop) { self.loop = loop }

        nonisolated var unownedExecutor: UnownedSerialExecutor { self.loop.asUnownedSerialExecutor() }

        func add() -> Bool {
            self.count += 1
            return self.loop.isOnLoop
        }

        nonisolated func addFromCallback() {
            self.assumeIsolated { $0.count += 1 }
        }

        var total: Int { self.count }
    }

    private static func socketPair() -> (Int32, Int32) {
        var pair: [Int32] = [0, 0]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &pair)
        return (pair[0], pair[1])
    }

    @Test func pinnedActorsRunOnTheLoop() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let pinned = Pinned(loop: loop)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1_000 { group.addTask { await pinned.add() } }
            for await onLoop in group { #expect(onLoop) }
        }
        loop.execute { pinned.addFromCallback() }
        #expect(await pinned.total == 1_001)
        #expect(!loop.isOnLoop)
    }

    @Test func tasksCanPreferTheLoop() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let onLoop = await withTaskExecutorPreference(loop) { await Self.isOnLoop(loop) }
        #expect(onLoop)
    }

    @concurrent private static func isOnLoop(_ loop: ReadinessLoop) async -> Bool { loop.isOnLoop }

    @Test func readableSocketCallsItsOwnerUntilCancelled() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = Self.socketPair()
        let received: ReadyEvents = await withCheckedContinuation { continuation in
            loop.execute {
                let box = Box<Registration>()
                box.value = loop.register(near, interest: .read) { events in
                    box.value?.cancel()
                    close(near)
                    continuation.resume(returning: events)
                }
            }
            _ = write(far, "x", 1)
        }
        #expect(received == .readable)
        close(far)
    }

    @Test func hangUpIsReportedAsReadableAndFailed() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = Self.socketPair()
        close(far)
        let received: ReadyEvents = await withCheckedContinuation { continuation in
            loop.execute {
                let box = Box<Registration>()
                box.value = loop.register(near, interest: .read) { events in
                    box.value?.cancel()
                    continuation.resume(returning: events)
                }
            }
        }
        #expect(received.isSuperset(of: [.readable, .failed]))
        close(near)
    }

    @Test func registrationFollowsASocketReplacedUnderTheSameNumber() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = Self.socketPair()
        let (other, otherFar) = Self.socketPair()
        let received: ReadyEvents = await withCheckedContinuation { continuation in
            loop.execute {
                let box = Box<Registration>()
                box.value = loop.register(near, interest: []) { events in
                    box.value?.cancel()
                    continuation.resume(returning: events)
                }
                // The kernel drops the old socket from the set; the number now means another one.
                dup2(other, near)
                box.value?.move(to: near, interest: .read)
            }
            _ = write(otherFar, "x", 1)
        }
        #expect(received.contains(.readable))
        for descriptor in [near, far, other, otherFar] { close(descriptor) }
    }

    @Test func timersFireInOrderAndCancelledOnesDoNot() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let order: [Int] = await withCheckedContinuation { continuation in
            loop.execute {
                let fired = Box<[Int]>()
                fired.value = []
                // All from one instant: between two of these lines a busy machine may do something else.
                let now = ContinuousClock.now
                loop.schedule(at: now.advanced(by: .milliseconds(20))) {
                    fired.value?.append(3)
                    continuation.resume(returning: fired.value ?? [])
                }
                loop.schedule(at: now.advanced(by: .milliseconds(1))) { fired.value?.append(1) }
                loop.schedule(at: now.advanced(by: .milliseconds(5))) { fired.value?.append(9) }.cancel()
                loop.schedule(at: now.advanced(by: .milliseconds(10))) { fired.value?.append(2) }
            }
        }
        #expect(order == [1, 2, 3])
    }

    @Test func endOfTickRunsOnceAfterAllWorkOfTheTick() async {
        let loop = ReadinessLoop(name: "test")
        defer { loop.stop() }
        let log = Mutex<[String]>([])
        await withCheckedContinuation { continuation in
            loop.execute {
                // Submitted from the loop itself: all three belong to the next tick.
                loop.execute {
                    log.withLock { $0.append("a") }
                    loop.atEndOfTick {
                        log.withLock { $0.append("flush") }
                        continuation.resume()
                    }
                }
                loop.execute { log.withLock { $0.append("b") } }
                loop.execute { log.withLock { $0.append("c") } }
            }
        }
        #expect(log.withLock { $0 } == ["a", "b", "c", "flush"])
    }

    @Test func timerHeapGivesTheEarliestFirstAndForgetsTheUnwanted() {
        var heap = TimerHeap<Int, Int>()
        for value in [5, 3, 8, 1, 9, 2, 7] { heap.insert(value, due: value) }
        heap.compact { $0 != 8 && $0 != 3 }
        var taken: [Int] = []
        while let value = heap.popDue(at: 7) { taken.append(value) }
        #expect(taken == [1, 2, 5, 7])
        #expect(heap.nextDue == 9)
    }
}

/// Shares a value between closures on one loop.
private final class Box<Value> {
    var value: Value?
}
