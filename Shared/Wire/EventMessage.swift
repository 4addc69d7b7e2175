public import SwiftProtobuf

/// A message that travels as an event, under a type name that carries its major version.
///
/// Within a major version only additive changes are made (unknown fields are ignored, new fields have defaults).
public protocol EventMessage: Message, Sendable {
    /// The CloudEvents `type`, such as `souk.order.placed.v1`.
    static var eventType: String { get }
}
