import Contracts
import SwiftProtobuf
import Wire

/// A reply of payments as it stands in its outbox.
struct Reply: Hashable, CustomStringConvertible {
    let type: String
    let payload: [UInt8]

    /// The word between `souk.payment.` and the version.
    var name: String { self.type.split(separator: ".").dropFirst(2).first.map(String.init) ?? self.type }

    var description: String { self.name }

    func decode<Message: EventMessage>(_ type: Message.Type = Message.self) throws -> Message {
        try Message(serializedBytes: self.payload)
    }
}
