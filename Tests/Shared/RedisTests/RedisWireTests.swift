import Testing

@testable import Redis

@Suite struct RedisWireTests {
    @Test func commandsAreArraysOfBulkStrings() {
        let frame = CommandFrame([["SET", "k", "höh", "PX", 1_500], ["GET", RedisArgument([0, 13, 10])]])
        let text = "*5\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\nhöh\r\n$2\r\nPX\r\n$4\r\n1500\r\n*2\r\n$3\r\nGET\r\n$3\r\n\0\r\n\r\n"
        #expect(frame.bytes == Array(text.utf8))
        #expect(frame.commandCount == 2)
    }

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        ("return 1", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db"),
    ])
    func scriptsHaveTheDigestOfFIPS180(source: String, digest: String) {
        #expect(RedisScript(source).digest == digest)
    }

    @Test func streamIDsAreReadAndOrdered() {
        #expect(StreamID("12-7") == StreamID(major: 12, minor: 7))
        #expect(StreamID("12") == StreamID(major: 12, minor: 0))
        #expect(StreamID("x-1") == nil)
        #expect(StreamID("1-") == nil)
        #expect(StreamID("1-2-3") == nil)
        #expect(StreamID(major: 1, minor: 9) < StreamID(major: 2, minor: 0))
        #expect(StreamID(major: 2, minor: 10).description == "2-10")
    }

    @Test func valuesAreReadByKind() {
        #expect(RedisValue.string(Array("42".utf8)).integer == 42)
        #expect(RedisValue.status("OK").text == "OK")
        #expect(RedisValue.integer(1).text == nil)
        let info = RedisValue.array([.string(Array("length".utf8)), .integer(3)])
        #expect(info.fields?["length"] == .integer(3))
        #expect(RedisValue.array([.integer(1)]).fields == nil)
    }

    @Test func errorsKnowWhetherToTryAgain() {
        #expect(RedisError(server: "LOADING Redis is loading the dataset in memory").isRetriable)
        #expect(!RedisError(server: "WRONGTYPE Operation against a key").isRetriable)
        #expect(RedisError(.notConnected, "x").isRetriable)
        #expect(!RedisError(.timeout, "x", isOutcomeUnknown: true).isRetriable)
        #expect(RedisError(server: "NOSCRIPT No matching script").serverCode == "NOSCRIPT")
        #expect(!RedisError(server: "ERR secret-key").description.contains("secret"))
    }
}
