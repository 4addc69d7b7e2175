import Foundation
import NIOHTTP1

extension PSPGateway {
    private struct Line: Decodable {
        let seq: Int64
        let type: String
        let paymentIntent: String?
        let paymentId: String?
        let orderId: String?
        let amount: Int64?
    }

    package func journal(after sequence: Int64, limit: Int) async throws -> [ProviderJournalLine] {
        let answer = try await self.send(.GET, "/v1/journal?after=\(sequence)&limit=\(limit)", nil, key: nil)
        guard answer.isSuccess else { throw GatewayError(.outcomeUnknown, reason: try answer.errorCode()) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try answer.body.split(separator: UInt8(ascii: "\n")).map { bytes in
            guard let line = try? decoder.decode(Line.self, from: Data(bytes)) else {
                throw GatewayError(.outcomeUnknown, reason: "a line of the journal cannot be read")
            }
            return ProviderJournalLine(
                sequence: line.seq, type: line.type, intent: line.paymentIntent, paymentID: line.paymentId, orderID: line.orderId,
                amount: line.amount ?? 0
            )
        }
    }
}
