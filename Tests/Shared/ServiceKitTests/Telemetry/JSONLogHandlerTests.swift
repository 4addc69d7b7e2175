import Foundation
import Logging
import Synchronization
import Telemetry
import Testing
import Tracing

@Suite struct JSONLogHandlerTests {
    private func line(_ log: (Logger) -> Void) throws -> [String: Any] {
        let lines = Mutex<[[UInt8]]>([])
        let handler = JSONLogHandler(
            label: "x",
            service: "cart",
            instance: "2",
            logLevel: .debug,
            output: LogOutput { line in lines.withLock { $0.append(line) } }
        )
        log(Logger(label: "x", factory: { _ in handler }))
        let bytes = try #require(lines.withLock { $0.first })
        #expect(bytes.last == UInt8(ascii: "\n"))
        #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test func oneEventIsOneObjectOnOneLine() throws {
        let object = try self.line {
            $0.info("Line\nfeed \"quoted\" \u{1}", metadata: ["a.b": "1", "list": ["x", "y"], "map": ["k": "v"]])
        }
        #expect(object["message"] as? String == "Line\nfeed \"quoted\" \u{1}")
        #expect(object["service"] as? String == "cart")
        #expect(object["instance"] as? String == "2")
        #expect(object["level"] as? String == "info")
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata["a.b"] as? String == "1")
        #expect(metadata["list"] as? [String] == ["x", "y"])
        #expect(metadata["map"] as? [String: String] == ["k": "v"])
    }

    @Test func personalDataAndSecretsDoNotGetThrough() throws {
        let object = try self.line {
            $0.info("m", metadata: ["email": "a@b.c", "customer.email": "a@b.c", "nested": ["password": "p"], "order.id": "ord_1"])
        }
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata["email"] as? String == "[redacted]")
        #expect(metadata["customer.email"] as? String == "[redacted]")
        #expect(metadata["nested"] as? [String: String] == ["password": "[redacted]"])
        #expect(metadata["order.id"] as? String == "ord_1")
    }

    @Test func linesNameTheTrace() throws {
        var context = ServiceContext.topLevel
        context.traceContext = TraceContext(traceparent: TraceContextTests.example)
        let object = try ServiceContext.withValue(context) { try self.line { $0.info("m") } }
        #expect(object["trace_id"] as? String == "0af7651916cd43dd8448eb211c80319c")
        #expect(object["span_id"] as? String == "b7ad6b7169203331")
    }
}
