import NIOCore
import Testing

@testable import RPC

@Suite struct MessageAssemblerTests {
    private func assemble(_ chunks: [[UInt8]], maximum: Int = 100) throws(RPCError) -> [UInt8]? {
        var assembler = MessageAssembler(maximumLength: maximum)
        for chunk in chunks {
            try assembler.append(ByteBuffer(bytes: chunk))
        }
        return try assembler.finish().map { Array($0.readableBytesView) }
    }

    @Test func everyCutThroughAMessageGivesTheSame() throws {
        let frame = Array(MessageFrame.encode([1, 2, 3, 4, 5, 6, 7]).readableBytesView)
        for first in 0...frame.count {
            for second in first...frame.count {
                let chunks = [Array(frame[..<first]), Array(frame[first..<second]), Array(frame[second...])]
                #expect(try assemble(chunks) == [1, 2, 3, 4, 5, 6, 7])
            }
        }
    }

    @Test func nothingIsNoMessageAndAnEmptyMessageIsOne() throws {
        #expect(try assemble([]) == nil)
        #expect(try assemble([[0, 0, 0, 0, 0]]) == [])
    }

    @Test func anEndInTheMiddleIsAnError() {
        #expect(throws: RPCError(.internal, "the message was cut off")) { try assemble([[0, 0, 0]]) }
        #expect(throws: RPCError(.internal, "the message was cut off")) { try assemble([[0, 0, 0, 0, 2, 1]]) }
    }

    @Test func aSecondMessageIsAnError() {
        let error = #expect(throws: RPCError.self) { try assemble([[0, 0, 0, 0, 1, 9, 0]]) }
        #expect(error?.code == .unimplemented)
    }

    @Test func compressionIsAnError() {
        let error = #expect(throws: RPCError.self) { try assemble([[1, 0, 0, 0, 1, 9]]) }
        #expect(error?.code == .unimplemented)
    }

    @Test func aLongMessageIsRefusedAtItsPrefix() {
        let error = #expect(throws: RPCError.self) { try assemble([[0, 255, 255, 255, 255]]) }
        #expect(error?.code == .resourceExhausted)
        #expect(throws: Never.self) { try assemble([[0, 0, 0, 0, 1, 9]], maximum: 1) }
    }
}
