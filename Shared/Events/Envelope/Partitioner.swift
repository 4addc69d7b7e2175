/// Which partition a key belongs to: the same on every machine and in every version.
///
/// FNV-1a, 64 bit (Fowler, Noll, Vo), with the finalizer of MurmurHash3 so that keys that differ in their last character
/// only still spread over few partitions. Swift's own `Hasher` is seeded per process and must not be used here.
struct Partitioner: Sendable {
    /// How many partitions there are; fixed for the life of a topic.
    let count: Int

    /// The partition of a key.
    func partition(of key: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        hash ^= hash >> 33
        return Int(hash % UInt64(self.count))
    }
}
