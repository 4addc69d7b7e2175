import Testing

@testable import Caching

@Suite struct CacheEnvelopeTests {
    private let policy = CachePolicy(timeToLive: .seconds(60), staleFor: .seconds(30))
    private let now: Int64 = 1_800_000_000_000

    private func value(cost: Int64 = 0, random: Double = 0.5) -> CacheEnvelope {
        .value([1, 2], version: 7, cost: cost, policy: self.policy, at: self.now, random: random)
    }

    @Test func bytesComeBackAsTheyWere() {
        let envelope = self.value(cost: 12)
        #expect(CacheEnvelope(bytes: envelope.bytes) == envelope)
        #expect(envelope.bytes.count == CacheEnvelope.headerSize + 2)
        let largest = CacheEnvelope.tombstone(version: .max, policy: self.policy, at: self.now)
        #expect(CacheEnvelope(bytes: largest.bytes)?.version == .max)
    }

    @Test func foreignBytesAreNoEnvelope() {
        #expect(CacheEnvelope(bytes: []) == nil)
        #expect(CacheEnvelope(bytes: Array("{\"name\": \"an older format, long enough to hold a whole header of it\"}".utf8)) == nil)
        var other = self.value().bytes
        other[0] = UInt8(ascii: "2")
        #expect(CacheEnvelope(bytes: other) == nil)
    }

    @Test func aValueAgesFromFreshToStaleToUnusable() {
        let envelope = self.value()
        #expect(envelope.verdict(at: self.now, beta: 1, random: 0.5) == .fresh)
        #expect(envelope.verdict(at: self.now + 59_999, beta: 1, random: 0.5) == .fresh)
        #expect(envelope.verdict(at: self.now + 60_000, beta: 1, random: 0.5) == .stale)
        #expect(envelope.verdict(at: self.now + 89_999, beta: 1, random: 0.5) == .stale)
        #expect(envelope.verdict(at: self.now + 90_000, beta: 1, random: 0.5) == .unusable)
        #expect(envelope.lifetime(at: self.now) == 90_000)
    }

    @Test func jitterSpreadsTheLife() {
        #expect(self.value(random: 0).softExpiry == self.now + 54_000)
        #expect(self.value(random: 0.999_999).softExpiry >= self.now + 65_999)
    }

    @Test func theNearerTheEndAndTheDearerTheLoadTheLikelierARefresh() {
        let cheap = self.value(cost: 10)
        let dear = self.value(cost: 2_000)
        let end = self.now + 59_000
        #expect(cheap.verdict(at: end, beta: 1, random: 0.1) == .fresh)
        #expect(dear.verdict(at: end, beta: 1, random: 0.1) == .refreshEarly)
        #expect(dear.verdict(at: self.now, beta: 1, random: 0.1) == .fresh)
        #expect(dear.verdict(at: end, beta: 0, random: 0.000_1) == .fresh)
    }

    @Test func tombstonesAreNeverUsedAndNegativesExpire() {
        let tombstone = CacheEnvelope.tombstone(version: 3, policy: self.policy, at: self.now)
        #expect(tombstone.verdict(at: self.now, beta: 1, random: 1) == .unusable)
        let negative = CacheEnvelope.negative(version: 0, policy: self.policy, at: self.now, random: 0.5)
        #expect(negative.verdict(at: self.now + 4_999, beta: 1, random: 1) == .fresh)
        #expect(negative.verdict(at: self.now + 5_000, beta: 1, random: 1) == .unusable)
    }

    @Test func versionsCompareAsText() {
        let versions: [Int64] = [0, 9, 10, 99, 1_000_000_007, 9_007_199_254_740_993, .max]
        let texts = versions.map { CacheEnvelope.tombstone(version: $0, policy: self.policy, at: 0).versionText }
        #expect(texts == texts.sorted())
        #expect(Set(texts).count == versions.count)
    }
}
