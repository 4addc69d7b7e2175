import Commerce
import Foundation

/// A parcel on its way.
struct Shipment: Hashable, Sendable {
    var id: ShipmentID
    var carrier: String
    var trackingNumber: String
    var createdAt: Date
}
