import LoginDomain
import Testing

@Suite struct SigningKeyScheduleTests {
    let schedule = SigningKeySchedule(period: 1_000, lead: 100, tokenLifetime: 50)

    @Test func firstKeySignsAtOnce() {
        #expect(self.schedule.plan([], now: 5) == SigningKeySchedule.Plan(newKeyActiveAt: 5, expired: []))
    }

    @Test func nextKeyIsPublishedBeforeItSigns() {
        let first = SigningKeySchedule.Key(id: "a", activeAt: 0)
        #expect(self.schedule.plan([first], now: 899).newKeyActiveAt == nil)
        #expect(self.schedule.plan([first], now: 900).newKeyActiveAt == 1_000)
        let next = SigningKeySchedule.Key(id: "b", activeAt: 1_000)
        #expect(self.schedule.plan([first, next], now: 950).newKeyActiveAt == nil)
        #expect(self.schedule.signing([first, next], now: 999) == first)
        #expect(self.schedule.signing([first, next], now: 1_000) == next)
    }

    @Test func oldKeyStaysUntilItsLastTokenHasExpired() {
        let keys = [SigningKeySchedule.Key(id: "a", activeAt: 0), SigningKeySchedule.Key(id: "b", activeAt: 1_000)]
        #expect(self.schedule.plan(keys, now: 1_049).expired.isEmpty)
        #expect(self.schedule.plan(keys, now: 1_050).expired == ["a"])
    }

    /// Years of service with all kinds of pauses: whoever signs has been published long enough, and whatever was signed
    /// can be verified until it expires.
    @Test(arguments: [1, 7, 33, 90, 240] as [Int64])
    func everyTokenCanBeVerifiedAtAllTimes(step: Int64) throws {
        var keys: [(key: SigningKeySchedule.Key, published: Int64)] = []
        var tokens: [(key: String, expires: Int64)] = []
        for now in stride(from: 0 as Int64, to: 20_000, by: Int(step)) {
            let plan = self.schedule.plan(keys.map(\.key), now: now)
            if let activeAt = plan.newKeyActiveAt {
                keys.append((SigningKeySchedule.Key(id: "k\(keys.count)-\(now)", activeAt: activeAt), now))
            }
            keys.removeAll { plan.expired.contains($0.key.id) }
            let signing = try #require(self.schedule.signing(keys.map(\.key), now: now))
            let published = try #require(keys.first { $0.key == signing }?.published)
            #expect(now == published ? published == 0 : true)
            if published > 0 { #expect(now - published >= 100) }
            tokens.append((signing.id, now + 50))
            tokens.removeAll { $0.expires <= now }
            for token in tokens { #expect(keys.contains { $0.key.id == token.key }) }
            #expect(keys.count <= 3)
        }
    }
}
