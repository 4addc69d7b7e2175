import NIOHPACK
import Resilience
import Testing

@testable import RPC

@Suite struct MetadataTests {
    @Test(
        arguments: [
            (Duration.milliseconds(1), "1m"), (.milliseconds(50), "50m"), (.seconds(10), "10000m"), (.microseconds(3), "1m"),
            (.seconds(-5), "1m"), (.seconds(9998), "9998000m"), (.seconds(10_000), "10000S"),
        ])
    func timeoutsAreWrittenInMilliseconds(timeout: Duration, text: String) {
        #expect(GRPCTimeout.encode(timeout) == text)
    }

    @Test(
        arguments: [
            ("50m", Duration.milliseconds(50)), ("49999999n", .nanoseconds(49_999_999)), ("20000000u", .seconds(20)),
            ("99999999H", .seconds(99_999_999 * 3600)), ("1M", .seconds(60)), ("0S", .zero),
        ])
    func timeoutsOfAllUnitsAndLengthsAreRead(text: String, timeout: Duration) {
        #expect(GRPCTimeout.parse(text) == timeout)
    }

    @Test(arguments: ["", "m", "5", "5x", "-5m", "123456789m", "5 m", "٥m", "5mm"])
    func otherTimeoutsAreNotRead(text: String) {
        #expect(GRPCTimeout.parse(text) == nil)
    }

    @Test(arguments: ["", "plain ~", "100 %", "Grüße", "買い物\n🛍", "%41", "\u{7F}\u{0}"])
    func messagesSurviveTheWire(text: String) {
        let encoded = PercentEncoding.encode(text)
        #expect(encoded.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(PercentEncoding.decode(encoded) == text)
    }

    @Test(arguments: [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("a%C3%A4", "aä"), ("%c3%a4", "ä"), ("100 %", "100 %")])
    func brokenEscapesStandForThemselves(text: String, decoded: String) {
        #expect(PercentEncoding.decode(text) == decoded)
    }

    @Test func aStatusSurvivesTheWire() {
        let error = RPCError(.aborted, "ä%", details: [0, 1, 2], retryAfter: .milliseconds(1500))
        var headers = HPACKHeaders()
        GRPCStatus.write(error, to: &headers)
        #expect(GRPCStatus.read(ReceivedHeaders(headers).metadata, httpStatus: "200") == error)
    }

    @Test func okIsNoError() {
        var headers = HPACKHeaders()
        GRPCStatus.write(nil, to: &headers)
        #expect(GRPCStatus.read(ReceivedHeaders(headers).metadata, httpStatus: "200") == nil)
    }

    @Test(
        arguments: [
            ("503", .unavailable), ("404", .unimplemented), ("401", .unauthenticated), ("200", .unknown),
            (nil, .unknown),
        ] as [(String?, RPCError.Code)])
    func withoutAStatusTheHTTPStatusDecides(http: String?, code: RPCError.Code) {
        #expect(GRPCStatus.read([:], httpStatus: http)?.code == code)
    }

    @Test(arguments: ["x", "-1", ""])
    func aStatusThatIsNoNumberIsUnknown(text: String) {
        #expect(GRPCStatus.read(["grpc-status": text], httpStatus: "200")?.code == .unknown)
    }

    @Test func aStatusOfTheFutureIsUnknownAndKeepsItsMessage() {
        let error = GRPCStatus.read(["grpc-status": "77", "grpc-message": "new"], httpStatus: "200")
        #expect(error == RPCError(.unknown, "new"))
    }

    @Test func aNegativePushbackMeansDoNotRetry() {
        let error = GRPCStatus.read(["grpc-status": "8", "grpc-retry-pushback-ms": "-1"], httpStatus: "200")
        #expect(error?.retryAfter == nil)
        #expect(error?.outcome == .overloaded(retryAfter: nil))
    }

    @Test func namesAreCaseInsensitiveAndMayRepeat() {
        var metadata: RPCMetadata = ["Souk-A": "1", "souk-a": "2"]
        #expect(metadata["SOUK-A"] == "1")
        #expect(metadata.entries.count == 2)
        metadata["souk-A"] = "3"
        #expect(metadata.entries.map(\.value) == ["3"])
    }

    @Test(arguments: [[], [0], [0, 255], [1, 2, 3], [1, 2, 3, 4]] as [[UInt8]])
    func bytesSurviveBase64WithAndWithoutPadding(bytes: [UInt8]) {
        let text = Base64.encode(bytes)
        #expect(!text.contains("="))
        #expect(Base64.decode(text) == bytes)
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        #expect(Base64.decode(text + padding) == bytes)
    }
}
