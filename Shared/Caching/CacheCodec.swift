internal import Foundation

/// How a value becomes bytes in the cache and comes back.
public struct CacheCodec<Value: Sendable>: Sendable {
    /// Makes bytes of a value.
    public let encode: @Sendable (Value) throws -> [UInt8]
    /// Makes a value of bytes. What it throws counts as a miss, so a new shape of the value needs no migration.
    public let decode: @Sendable ([UInt8]) throws -> Value

    /// Creates a codec from its two directions.
    public init(
        encode: @escaping @Sendable (Value) throws -> [UInt8], decode: @escaping @Sendable ([UInt8]) throws -> Value
    ) {
        self.encode = encode
        self.decode = decode
    }
}

extension CacheCodec where Value: Codable {
    /// Values as JSON.
    public static var json: CacheCodec {
        CacheCodec(
            encode: { try Array(JSONEncoder().encode($0)) },
            decode: { try JSONDecoder().decode(Value.self, from: Data($0)) }
        )
    }
}

extension CacheCodec where Value == [UInt8] {
    /// Bytes as they are.
    public static var bytes: CacheCodec { CacheCodec(encode: { $0 }, decode: { $0 }) }
}
