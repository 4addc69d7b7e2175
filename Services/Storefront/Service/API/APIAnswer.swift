import FoundationEssentials
import HTTPTypes
import ServiceKit

/// A service's answer, whole.
struct APIAnswer: Sendable {
    var status: Int
    var headers: HTTPFields = [:]
    var body: [UInt8] = []

    var isSuccess: Bool { (200..<300).contains(self.status) }

    /// Reads the body.
    func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONCoding.decoder.decode(type, from: Data(self.body))
    }

    /// What `Retry-After` says.
    var retryAfter: Duration? {
        self.headers[.retryAfter].flatMap { Int64($0) }.map { .seconds(max(0, min($0, 3_600))) }
    }

    /// The refusal in it; a body that is no problem gives one of the status alone.
    var problem: APIProblem {
        var problem = (try? self.decode(APIProblem.self)) ?? APIProblem()
        problem.status = self.status
        problem.retryAfter = self.retryAfter
        return problem
    }
}
