import CatalogDomain
import Testing

@Suite struct ReservationDecisionTests {
    @Test func aReserveOfANewOrderLooksAtTheStock() {
        #expect(ReservationDecision(.reserve, in: nil) == .hold)
    }

    @Test func eachCommandThatComesAgainGetsItsAnswerAgain() {
        #expect(ReservationDecision(.reserve, in: .held) == .answer(.held))
        #expect(ReservationDecision(.reserve, in: .rejected) == .answer(.rejected))
        #expect(ReservationDecision(.commit, in: .committed) == .answer(.committed))
        #expect(ReservationDecision(.release, in: .released) == .answer(.released))
    }

    @Test func aCopyOfTheReserveThatComesAfterTheShipmentIsStillAnsweredWithYes() {
        #expect(ReservationDecision(.reserve, in: .committed) == .answer(.held))
    }

    @Test func aReleaseBeforeTheReserveLeavesATombstoneAndTheReserveIsRejected() {
        #expect(ReservationDecision(.release, in: nil) == .leaveTombstone)
        #expect(ReservationDecision(.reserve, in: .released) == .answer(.rejected))
    }

    @Test func releasingWhatWasRejectedIsDoneAlready() {
        #expect(ReservationDecision(.release, in: .rejected) == .answer(.released))
    }

    @Test func whatTheSagaNeverSendsIsRefused() {
        for state in [ReservationState?.none, .released, .rejected] {
            #expect(ReservationDecision(.commit, in: state) == .refuse)
        }
        #expect(ReservationDecision(.release, in: .committed) == .refuse)
    }

    /// Pieces move only from `held`, and only `hold` brings pieces there: so none is lost and none is shipped twice,
    /// in whatever order and however often the commands come.
    @Test func noSequenceOfCommandsMovesPiecesTwice() {
        for first in ReservationCommand.allCases {
            for second in ReservationCommand.allCases {
                for third in ReservationCommand.allCases {
                    var state: ReservationState?
                    var movements = 0
                    for command in [first, second, third] {
                        switch ReservationDecision(command, in: state) {
                        case .hold: state = .held
                        case .commit: (state, movements) = (.committed, movements + 1)
                        case .release: (state, movements) = (.released, movements + 1)
                        case .leaveTombstone: state = .released
                        case .answer, .refuse: break
                        }
                    }
                    #expect(movements <= 1)
                }
            }
        }
    }
}
