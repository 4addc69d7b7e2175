import Telemetry
import Testing
import Tracing

@Suite struct TraceContextTests {
    static let example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func exampleOfTheStandardGoesThrough() throws {
        let context = try #require(TraceContext(traceparent: Self.example, state: "a=1"))
        #expect(context.traceparent == Self.example)
        #expect(context.state == "a=1")
    }

    @Test(arguments: [
        "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
    ])
    func brokenHeadersAreNone(header: String) {
        #expect(TraceContext(traceparent: header) == nil)
    }

    @Test func laterVersionsAreReadByTheirFirstFields() {
        let later = "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-future"
        #expect(TraceContext(traceparent: later)?.traceparent == Self.example)
    }

    @Test func childKeepsTheTraceAndGetsItsOwnSpan() throws {
        var parent = ServiceContext.topLevel
        parent.traceContext = TraceContext(traceparent: Self.example)
        let span = TraceContextTracer().startSpan("x", context: parent)
        let trace = try #require(span.context.traceContext)
        #expect(trace.traceIDText == "0af7651916cd43dd8448eb211c80319c")
        #expect(trace.spanIDText != "b7ad6b7169203331")
        #expect(trace.flags == 1)
    }

    @Test func newTracesDiffer() {
        let ids = Set((0..<1_000).map { _ in TraceContextTracer().startSpan("x", context: .topLevel).context.traceContext!.traceIDText })
        #expect(ids.count == 1_000)
    }
}
