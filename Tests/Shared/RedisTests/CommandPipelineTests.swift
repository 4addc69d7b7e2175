import Testing

@testable import Redis

@Suite struct CommandPipelineTests {
    private let start = ContinuousClock.now
    private var later: ContinuousClock.Instant { self.start.advanced(by: .seconds(1)) }

    /// Adds a sent request for one reply whose waiter is its name.
    private func sent(_ names: String..., to pipeline: inout CommandPipeline<String>) -> [UInt64] {
        names.map { name in
            let id = pipeline.makeID()
            pipeline.addSent(id: id, expected: 1, deadline: self.later, waiter: name)
            return id
        }
    }

    /// Who is answered by the reply, and with what.
    private func receive(_ number: Int64, in pipeline: inout CommandPipeline<String>) -> String? {
        guard case .completed(let waiter, let replies) = pipeline.receive(.integer(number)) else { return nil }
        return "\(waiter)=\(replies.compactMap(\.integer))"
    }

    @Test func repliesGoToTheRequestsInOrder() {
        var pipeline = CommandPipeline<String>()
        _ = self.sent("a", "b", to: &pipeline)
        let answer1 = self.receive(1, in: &pipeline)
        #expect(answer1 == "a=[1]")
        let answer2 = self.receive(2, in: &pipeline)
        #expect(answer2 == "b=[2]")
        #expect(pipeline.count == 0)
    }

    @Test func aRequestOfSeveralCommandsCompletesWithItsLastReply() {
        var pipeline = CommandPipeline<String>()
        pipeline.addSent(id: pipeline.makeID(), expected: 3, deadline: self.later, waiter: "a")
        _ = self.sent("b", to: &pipeline)
        let answer3 = self.receive(1, in: &pipeline)
        #expect(answer3 == nil)
        let answer4 = self.receive(2, in: &pipeline)
        #expect(answer4 == nil)
        let answer5 = self.receive(3, in: &pipeline)
        #expect(answer5 == "a=[1, 2, 3]")
        let answer6 = self.receive(4, in: &pipeline)
        #expect(answer6 == "b=[4]")
    }

    @Test func anAbandonedRequestKeepsItsPlaceAndItsReplyIsDropped() {
        var pipeline = CommandPipeline<String>()
        let ids = self.sent("a", "b", "c", to: &pipeline)
        let first = pipeline.abandon(id: ids[1])
        #expect(first?.waiter == "b")
        let second = pipeline.abandon(id: ids[1])
        #expect(second == nil)
        let answer7 = self.receive(1, in: &pipeline)
        #expect(answer7 == "a=[1]")
        let answer8 = self.receive(2, in: &pipeline)
        #expect(answer8 == nil)
        let answer9 = self.receive(3, in: &pipeline)
        #expect(answer9 == "c=[3]")
        let answered = pipeline.abandon(id: ids[2])
        #expect(answered == nil)
    }

    @Test func whatWasNotSentCanBeTakenOut() {
        var pipeline = CommandPipeline<String>()
        let id = pipeline.makeID()
        pipeline.addUnsent(id: id, frame: CommandFrame(["PING"]), deadline: self.later, waiter: "a")
        let other = pipeline.makeID()
        pipeline.addUnsent(id: other, frame: CommandFrame(["ECHO", "x"]), deadline: self.later, waiter: "b")
        let abandoned = pipeline.abandon(id: id)
        #expect(abandoned?.wasSent == false)
        let frames = pipeline.takeUnsent()
        #expect(frames == [CommandFrame(["ECHO", "x"]).bytes])
        let answer10 = self.receive(7, in: &pipeline)
        #expect(answer10 == "b=[7]")
    }

    @Test func expiryTellsWhetherTheCommandWasSent() {
        var pipeline = CommandPipeline<String>()
        _ = self.sent("sent", to: &pipeline)
        let id = pipeline.makeID()
        pipeline.addUnsent(id: id, frame: CommandFrame(["PING"]), deadline: self.later, waiter: "unsent")
        #expect(pipeline.earliestDeadline == self.later)
        let early = pipeline.expire(at: self.start)
        #expect(early.isEmpty)
        let expired = pipeline.expire(at: self.later)
        #expect(expired.map(\.waiter) == ["sent", "unsent"])
        #expect(expired.map(\.wasSent) == [true, false])
        #expect(pipeline.earliestDeadline == nil)
        #expect(pipeline.isAwaitingReply)
    }

    @Test func aReplyNobodyAskedForIsReported() {
        var pipeline = CommandPipeline<String>()
        guard case .unexpected = pipeline.receive(.null) else {
            Issue.record("A stray reply was accepted")
            return
        }
    }

    @Test func aLongQueueKeepsItsOrderWhileItMovesUp() {
        var pipeline = CommandPipeline<Int>()
        var ids: [UInt64] = []
        var next = 0
        var answered: [Int] = []
        for round in 0..<5_000 {
            let id = pipeline.makeID()
            ids.append(id)
            pipeline.addSent(id: id, expected: 1, deadline: self.later, waiter: round)
            if round % 3 == 0 { _ = pipeline.abandon(id: ids[round - round % 7]) }
            guard round >= 1_500 else { continue }
            if case .completed(let waiter, let replies) = pipeline.receive(.integer(Int64(next))) {
                #expect(replies == [.integer(Int64(waiter))])
                answered.append(waiter)
            }
            next += 1
        }
        #expect(answered == answered.sorted())
        #expect(pipeline.count == 1_500)
        let failed = pipeline.failSent()
        #expect(failed.count <= 1_500)
        #expect(pipeline.count == 0)
    }
}
