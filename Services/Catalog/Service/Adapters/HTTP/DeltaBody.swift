/// A delivery or a loss, as the staff sends it.
struct DeltaBody: Decodable {
    let delta: Int64
}
