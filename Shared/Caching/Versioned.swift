/// A value with the version of what it was made from.
///
/// Versions of one key only rise, so of two values the one with the higher version is the newer, whoever comes first.
public struct Versioned<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// Its version: 0 or more.
    public let version: Int64

    /// Joins a value and its version.
    public init(_ value: Value, version: Int64) {
        self.value = value
        self.version = version
    }
}

extension Versioned: Equatable where Value: Equatable {}
