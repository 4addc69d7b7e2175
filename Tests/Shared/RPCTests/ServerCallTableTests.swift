import NIOCore
import NIOHPACK
import Resilience
import Testing

@testable import RPC

@Suite struct ServerCallTableTests {
    private var table: ServerCallTable
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let clock = ContinuousClock.now

    init() {
        var configuration = RPCServerConfiguration()
        configuration.maximumConcurrentStreams = 3
        configuration.maximumMessageLength = 10
        configuration.maximumBufferedBytes = 30
        self.table = ServerCallTable(configuration: configuration)
    }

    private mutating func begin(
        _ stream: Int,
        timeout: String = "1000m",
        type: String = "application/grpc",
        endStream: Bool = false
    ) -> ServerCallTable.Effect {
        let headers: HPACKHeaders = [
            ":method": "POST", ":path": "/a.B/C", "content-type": type, "grpc-timeout": timeout, "souk-x": "y",
        ]
        return self.table.received(
            ReceivedHeaders(headers), endStream: endStream, on: stream, now: self.start, clock: self.clock)
    }

    @Test mutating func aCompleteRequestIsDispatchedWithALittleLessTime() throws {
        guard case .nothing = begin(1) else { return #expect(Bool(false)) }
        guard case .dispatch(let request) = table.received(MessageFrame.encode([5]), endStream: true, on: 1) else {
            return #expect(Bool(false))
        }
        #expect(request.path == "/a.B/C")
        #expect(request.metadata.entries.map(\.name) == ["souk-x"])
        #expect(Array(request.message.readableBytesView) == [5])
        #expect(request.deadline == Deadline(clock.advanced(by: .milliseconds(990))))
    }

    @Test mutating func aStreamIsAnsweredOnce() {
        _ = begin(1)
        _ = table.received(MessageFrame.encode([]), endStream: true, on: 1)
        #expect(table.answer(1) == true)
        #expect(table.answer(1) == false)
        table.closed(1)
        #expect(table.answer(1) == false)
        #expect(table.openStreams == 0)
    }

    @Test mutating func tooManyStreamsAreRefused() {
        for stream in [1, 3, 5] { _ = begin(stream) }
        guard case .refuse = begin(7) else { return #expect(Bool(false)) }
        table.closed(1)
        guard case .nothing = begin(9) else { return #expect(Bool(false)) }
    }

    @Test mutating func afterTheGoodbyeNewStreamsAreRefused() {
        _ = begin(1)
        #expect(table.refuseNewStreams() == 1)
        guard case .refuse = begin(3) else { return #expect(Bool(false)) }
        guard case .dispatch = table.received(MessageFrame.encode([]), endStream: true, on: 1) else {
            return #expect(Bool(false))
        }
    }

    @Test mutating func aRequestOfAnotherKindIsReadToItsEndAndThenRejected() {
        guard case .nothing = begin(1, type: "application/json") else { return #expect(Bool(false)) }
        guard case .nothing = table.received(ByteBuffer(repeating: 0, count: 100), endStream: false, on: 1) else {
            return #expect(Bool(false))
        }
        guard case .answer(let error, reset: false) = table.received(ByteBuffer(), endStream: true, on: 1) else {
            return #expect(Bool(false))
        }
        #expect(error.code == .internal)
    }

    @Test mutating func anEndlessTimeoutIsCutToADay() {
        _ = begin(1, timeout: "99999999H")
        guard case .dispatch(let request) = table.received(MessageFrame.encode([]), endStream: true, on: 1) else {
            return #expect(Bool(false))
        }
        #expect(request.deadline < Deadline(clock.advanced(by: .seconds(86_400))))
    }

    @Test mutating func aBrokenTimeoutIsRejected() {
        guard case .answer = begin(1, timeout: "soon", endStream: true) else { return #expect(Bool(false)) }
    }

    @Test mutating func aLongMessageIsRejectedAtOnce() {
        _ = begin(1)
        let prefix = ByteBuffer(bytes: [0, 0, 0, 0, 11])
        guard case .answer(let error, reset: true) = table.received(prefix, endStream: false, on: 1) else {
            return #expect(Bool(false))
        }
        #expect(error.code == .resourceExhausted)
    }

    @Test mutating func unfinishedRequestsTogetherAreBounded() {
        let part = ByteBuffer(bytes: [0, 0, 0, 0, 10] + Array(repeating: 1, count: 9))
        for stream in [1, 3] {
            _ = begin(stream)
            _ = table.received(part, endStream: false, on: stream)
        }
        _ = begin(5)
        guard case .answer(let error, reset: true) = table.received(part, endStream: false, on: 5) else {
            return #expect(Bool(false))
        }
        #expect(error.code == .resourceExhausted)
        // What was kept for it is free again.
        guard case .dispatch = table.received(ByteBuffer(bytes: [1]), endStream: true, on: 1) else {
            return #expect(Bool(false))
        }
    }

    @Test mutating func lateCallsAreAnsweredAndStuckOnesReset() {
        _ = begin(1)
        _ = begin(3)
        _ = table.received(MessageFrame.encode([]), endStream: true, on: 3)
        let first = table.expire(now: start + .seconds(1))
        #expect(first.late.sorted { $0.stream < $1.stream }.map(\.reset) == [true, false])
        #expect(table.answer(1) == true)
        #expect(table.answer(3) == true)
        let second = table.expire(now: start + .seconds(6))
        #expect(second.late.isEmpty)
        #expect(second.stuck.sorted() == [1, 3])
    }

    @Test mutating func aRequestWithoutAMessageIsAnError() {
        guard case .answer(let error, reset: false) = begin(1, endStream: true) else { return #expect(Bool(false)) }
        #expect(error.code == .internal)
    }
}
