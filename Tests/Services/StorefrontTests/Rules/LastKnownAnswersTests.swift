import Testing

@testable import StorefrontService

@Suite struct LastKnownAnswersTests {
    @Test func answersAreKeptForAWhile() {
        let answers = LastKnownAnswers(capacity: 4, maximumAge: .seconds(10))
        let now = ContinuousClock.now
        answers.keep(APIAnswer(status: 200), for: "/a", at: now)
        #expect(answers.answer(for: "/a", at: now + .seconds(10)) != nil)
        #expect(answers.answer(for: "/a", at: now + .seconds(11)) == nil)
        #expect(answers.answer(for: "/b", at: now) == nil)
    }

    @Test func onlySoManyAreKept() {
        let answers = LastKnownAnswers(capacity: 4)
        for number in 0..<100 { answers.keep(APIAnswer(status: 200), for: "/\(number)") }
        #expect((0..<100).filter { answers.answer(for: "/\($0)") != nil }.count <= 4)
        #expect(answers.answer(for: "/99") != nil)
    }
}
