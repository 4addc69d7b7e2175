import ConnectionPool
import Testing

@Suite struct PoolStateMachineTests {
    private typealias Machine = PoolStateMachine<Int, String>

    @Test func theFirstWaiterGetsTheFirstConnection() {
        var machine = Machine(maximum: 2, maximumWaiters: 10)
        #expect(machine.lease("a") == .waitAndConnect)
        #expect(machine.lease("b") == .waitAndConnect)
        #expect(machine.lease("c") == .wait)
        #expect(machine.connected(1) == .give(1, "a"))
        #expect(machine.release(1) == .give(1, "b"))
        #expect(machine.connected(2) == .give(2, "c"))
        #expect(machine.release(1) == .keep)
        #expect(machine.release(2) == .keep)
        #expect(machine.lease("d") == .use(2))
        #expect(machine.size == 2 && machine.leasedCount == 1 && machine.idleCount == 1)
    }

    @Test func aWaiterThatGaveUpIsPassedOver() {
        var machine = Machine(maximum: 1, maximumWaiters: 10)
        #expect(machine.lease("a") == .waitAndConnect)
        #expect(machine.lease("b") == .wait)
        #expect(machine.cancel("a") == true)
        #expect(machine.cancel("a") == false)
        #expect(machine.connected(1) == .give(1, "b"))
        #expect(machine.cancel("b") == false)
    }

    @Test func aFullLineRefuses() {
        var machine = Machine(maximum: 1, maximumWaiters: 1)
        #expect(machine.lease("a") == .waitAndConnect)
        #expect(machine.lease("b") == .reject)
        #expect(machine.cancel("a") == true)
        #expect(machine.lease("b") == .wait)
    }

    @Test func lostConnectionsAreReplacedWhileSomebodyWaits() {
        var machine = Machine(maximum: 1, maximumWaiters: 10)
        _ = machine.lease("a")
        _ = machine.connected(1)
        #expect(machine.lease("b") == .wait)
        machine.lost(1)
        #expect(machine.beginConnectIfNeeded() == true)
        #expect(machine.beginConnectIfNeeded() == false)
        machine.connectFailed()
        #expect(machine.beginConnectIfNeeded() == true)
        #expect(machine.connected(2) == .give(2, "b"))
        // The one who held the lost connection brings it back.
        #expect(machine.release(1) == .close)
    }

    @Test func theMinimumIsOpenedWithoutWaiters() {
        var machine = Machine(maximum: 3, maximumWaiters: 10)
        #expect(machine.beginConnectIfNeeded(minimum: 2) == true)
        #expect(machine.beginConnectIfNeeded(minimum: 2) == true)
        #expect(machine.beginConnectIfNeeded(minimum: 2) == false)
        #expect(machine.connected(1) == .keep && machine.connected(2) == .keep)
        #expect(machine.takeStale(minimum: 1) { _ in true } == [1])
        #expect(machine.takeStale(minimum: 1) { _ in true } == [])
    }

    @Test func aClosedPoolRefusesAndTakesBackToClose() {
        var machine = Machine(maximum: 1, maximumWaiters: 10)
        _ = machine.lease("a")
        _ = machine.connected(1)
        _ = machine.lease("b")
        let (connections, waiters) = machine.close()
        #expect(connections.isEmpty && waiters == ["b"])
        #expect(machine.release(1) == .close)
        #expect(machine.lease("c") == .reject)
    }

    /// Random events, with the invariants checked after each.
    @Test(arguments: 0..<20) func invariantsHoldUnderRandomEvents(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var machine = Machine(maximum: 4, maximumWaiters: 6)
        var (leased, line, idle) = ([Int](), [String](), Set<Int>())
        var (connecting, next) = (0, 0)
        func given(_ action: Machine.FreeAction, _ id: Int) {
            switch action {
            case .give(let id, let waiter):
                #expect(waiter == line.first)
                line.removeFirst()
                leased.append(id)
            case .keep: idle.insert(id)
            case .close: Issue.record("Nothing was closed")
            }
        }
        for step in 0..<2_000 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                switch machine.lease("w\(step)") {
                case .use(let id):
                    #expect(idle.remove(id) != nil)
                    leased.append(id)
                case .waitAndConnect:
                    connecting += 1
                    line.append("w\(step)")
                case .wait: line.append("w\(step)")
                case .reject: #expect(line.count == 6)
                }
            case 2 where !leased.isEmpty:
                let id = leased.removeFirst()
                given(machine.release(id), id)
            case 3 where connecting > 0:
                connecting -= 1
                next += 1
                given(machine.connected(next), next)
            case 4 where !line.isEmpty:
                let waiter = line.remove(at: Int.random(in: line.indices, using: &random))
                #expect(machine.cancel(waiter) == true)
            case 5 where !leased.isEmpty:
                machine.lost(leased.removeLast())
                while machine.beginConnectIfNeeded() { connecting += 1 }
            default: break
            }
            #expect(machine.size == idle.count + leased.count + connecting && machine.size <= 4)
            #expect(machine.waiterCount == line.count && (line.isEmpty || idle.isEmpty))
        }
    }

    @Test func aQueueKeepsItsOrderWhileItMovesThroughItsBuffer() {
        var queue = FIFO<Int>()
        var (next, expected) = (0, 0)
        for round in 0..<500 {
            for _ in 0..<(round % 7) {
                queue.append(next)
                next += 1
            }
            for _ in 0..<(round % 5) where queue.popFirst().map({ $0 == expected }) == true { expected += 1 }
            #expect(queue.count == next - expected && queue.first == (queue.isEmpty ? nil : expected))
        }
        #expect(queue.popAll() == Array(expected..<next) && queue.isEmpty)
    }
}

/// A small seeded generator, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
