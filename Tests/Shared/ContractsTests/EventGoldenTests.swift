import Commerce
import Contracts
import SwiftProtobuf
import Testing
import Wire

/// Bytes of published events, which every later version must still read and write.
@Suite struct EventGoldenTests {
    @Test func orderPlacedKeepsItsBytes() throws {
        let event = Souk_Events_V1_OrderPlaced.with {
            $0.orderID = "ord_1"
            $0.accountID = "acc_1"
            $0.checkoutID = "chk_1"
            $0.lines = [
                .with {
                    $0.sku = "85123A"
                    $0.name = "HOLDER"
                    $0.quantity = 6
                    $0.unitPrice = .init(Money(amount: 255, currency: .gbp))
                }
            ]
            $0.total = .init(Money(amount: 1530, currency: .gbp))
        }
        let golden =
            "0a056f72645f3112056163635f311a0563686b5f31221c0a063835313233411206484f4c4445521806220808ff011203474250"
            + "2a0808fa0b1203474250"
        #expect(self.hexadecimal(try event.serializedBytes()) == golden)
        #expect(try Souk_Events_V1_OrderPlaced(serializedBytes: self.bytes(golden)) == event)
    }

    @Test func authorizePaymentKeepsItsBytes() throws {
        let event = Souk_Events_V1_AuthorizePayment.with {
            $0.commandID = "cmd_1"
            $0.orderID = "ord_1"
            $0.paymentID = "pay_1"
            $0.accountID = "acc_1"
            $0.paymentMethodID = "pm_1"
            $0.amount = .init(Money(amount: 1, currency: .gbp))
        }
        let golden = "0a05636d645f3112056f72645f311a057061795f3122056163635f312a04706d5f31320708011203474250"
        #expect(self.hexadecimal(try event.serializedBytes()) == golden)
    }

    @Test func fieldsOfALaterVersionAreIgnored() throws {
        let later = self.bytes("0a056f72645f31" + "fa0603787878")
        #expect(try Souk_Events_V1_OrderDelivered(serializedBytes: later).orderID == "ord_1")
    }

    @Test func everyEventTypeIsNamedOnce() {
        let types: [any EventMessage.Type] = [
            Souk_Events_V1_OrderPlaced.self, Souk_Events_V1_OrderConfirmed.self, Souk_Events_V1_OrderCancelled.self,
            Souk_Events_V1_OrderShipped.self, Souk_Events_V1_OrderDelivered.self, Souk_Events_V1_OrderRefunded.self,
            Souk_Events_V1_ReserveStock.self, Souk_Events_V1_CommitStock.self, Souk_Events_V1_ReleaseStock.self,
            Souk_Events_V1_AuthorizePayment.self, Souk_Events_V1_CapturePayment.self, Souk_Events_V1_VoidPayment.self,
            Souk_Events_V1_RefundPayment.self, Souk_Events_V1_ProductChanged.self, Souk_Events_V1_StockReserved.self,
            Souk_Events_V1_StockRejected.self, Souk_Events_V1_StockCommitted.self, Souk_Events_V1_StockReleased.self,
            Souk_Events_V1_PaymentAuthorized.self, Souk_Events_V1_PaymentDeclined.self, Souk_Events_V1_PaymentCaptured.self,
            Souk_Events_V1_PaymentVoided.self, Souk_Events_V1_PaymentRefunded.self, Souk_Events_V1_PaymentFailed.self,
            Souk_Events_V1_AccountCreated.self, Souk_Events_V1_SessionStarted.self, Souk_Events_V1_SessionEnded.self,
            Souk_Events_V1_CartMerged.self, Souk_Events_V1_CartCheckedOut.self,
        ]
        #expect(Set(types.map { $0.eventType }).count == types.count)
        #expect(types.allSatisfy { $0.eventType.hasPrefix("souk.") && $0.eventType.hasSuffix(".v1") })
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}
