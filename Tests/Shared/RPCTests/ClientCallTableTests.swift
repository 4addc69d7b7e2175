import NIOCore
import NIOHPACK
import Testing

@testable import RPC

@Suite struct ClientCallTableTests {
    private var table = ClientCallTable<String>(maximumMessageLength: 100, resets: ResetBudget(limit: 2))
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private mutating func begin(_ callID: UInt64, giveUp: TimeAmount = .seconds(1)) -> Int {
        self.table.start(callID: callID, token: "call \(callID)", giveUp: self.start + giveUp)
    }

    private func headers(_ pairs: (String, String)...) -> ReceivedHeaders {
        ReceivedHeaders(HPACKHeaders(pairs))
    }

    @Test mutating func anAnswerOfThreeFramesEndsTheCall() {
        let stream = begin(1)
        #expect(stream == 1)
        #expect(table.received(headers((":status", "200")), endStream: false, on: stream) == nil)
        #expect(table.received(MessageFrame.encode([7]), endStream: false, on: stream) == nil)
        let completion = table.received(headers(("grpc-status", "0")), endStream: true, on: stream)
        #expect(completion?.token == "call 1")
        guard case .reply(let reply) = completion?.end else { return #expect(Bool(false)) }
        #expect(Array(reply.message.readableBytesView) == [7])
        #expect(table.openStreams == 1)
        #expect(table.closed(stream) == nil)
        #expect(table.openStreams == 0)
    }

    @Test mutating func trailersOnlyIsAnError() {
        let stream = begin(1)
        let completion = table.received(
            headers((":status", "200"), ("grpc-status", "5"), ("grpc-message", "no%20cart")), endStream: true, on: stream)
        #expect(completion?.end == .failed(RPCError(.notFound, "no cart")))
    }

    @Test mutating func okWithoutAMessageIsAnError() {
        let stream = begin(1)
        let completion = table.received(headers((":status", "200"), ("grpc-status", "0")), endStream: true, on: stream)
        guard case .failed(let error) = completion?.end else { return #expect(Bool(false)) }
        #expect(error.code == .internal)
    }

    @Test mutating func aRefusedStreamWasNotProcessedAndAResetOneMayHaveBeen() {
        let (refused, reset) = (begin(1), begin(2))
        guard case .notProcessed = table.wasReset(refused, refused: true, reason: "")?.end else {
            return #expect(Bool(false))
        }
        guard case .failed(let error) = table.wasReset(reset, refused: false, reason: "")?.end else {
            return #expect(Bool(false))
        }
        #expect(error.code == .unavailable)
    }

    @Test mutating func aGoodbyeFreesOnlyTheCallsAfterTheLastStream() {
        for id in 1...3 { _ = begin(UInt64(id)) }
        let freed = table.goAway(lastStream: 3)
        #expect(freed.map(\.token) == ["call 3"])
        #expect(table.connectionLost(RPCError(.unavailable)).count == 2)
        #expect(table.openStreams == 0)
    }

    @Test mutating func aTimedOutCallIsResetOnceAndCompletedOnce() throws {
        let stream = begin(1)
        #expect(table.expire(now: start + .milliseconds(999)).abandonments.isEmpty)
        let (abandonments, _) = table.expire(now: start + .seconds(1))
        let abandonment = try #require(abandonments.first)
        #expect(abandonment.reset == stream)
        #expect(abandonment.completion?.end == .failed(RPCError(.deadlineExceeded, "no answer in time")))
        #expect(table.expire(now: start + .seconds(2)).abandonments.isEmpty)
        #expect(table.received(headers(("grpc-status", "0")), endStream: true, on: stream) == nil)
    }

    @Test mutating func beyondTheBudgetCallsAreAbandonedWithoutAReset() {
        for id in 1...5 { _ = begin(UInt64(id)) }
        let (abandonments, next) = table.expire(now: start + .seconds(1))
        #expect(abandonments.count == 5)
        #expect(abandonments.count { $0.reset != nil } == 2)
        #expect(next == start + .seconds(2))
        #expect(table.abandonedStreams == 5)
    }

    @Test mutating func aCancelledCallIsForgotten() {
        let stream = begin(4)
        let abandonment = table.cancel(callID: 4, now: start)
        #expect(abandonment?.reset == stream)
        #expect(table.cancel(callID: 4, now: start) == nil)
        #expect(table.cancel(callID: 99, now: start) == nil)
    }

    @Test mutating func aStreamClosedWithoutAnAnswerFailsItsCall() {
        let stream = begin(1)
        guard case .failed(let error) = table.closed(stream)?.end else { return #expect(Bool(false)) }
        #expect(error.code == .internal)
    }

    @Test mutating func framesOfUnknownStreamsAreIgnored() {
        #expect(table.received(headers(("grpc-status", "0")), endStream: true, on: 77) == nil)
        #expect(table.received(ByteBuffer(), endStream: true, on: 77) == nil)
        #expect(table.wasReset(77, refused: true, reason: "") == nil)
        #expect(table.closed(77) == nil)
    }
}

extension ClientCallTable<String>.Completion: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        left.token == right.token && left.end == right.end
    }
}

extension ClientCallTable<String>.Abandonment: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        left.completion == right.completion && left.reset == right.reset
    }
}
