internal import Foundation

/// What stands in Redis for one key: a header of fixed width, then the value's bytes.
///
/// The header is text, so that the Lua script compares versions as strings of digits, exactly, where Lua's own
/// numbers would round. Times are milliseconds since 1970: they are compared by processes on several machines.
///
///     format 1 | kind 1 | version 19 | soft expiry 15 | hard expiry 15 | cost of loading 9 | value
struct CacheEnvelope: Sendable, Hashable {
    enum Kind: UInt8, Sendable {
        /// A value follows.
        case value = 0x76  // v
        /// There is no value with this key.
        case negative = 0x6E  // n
        /// The value was deleted, or will change: nothing older than the version may be stored.
        case tombstone = 0x74  // t
    }

    /// What a reader does with an envelope.
    enum Verdict: Sendable, Hashable {
        /// Use it.
        case fresh
        /// Use it if loading fails, and load now: this caller was drawn to refresh it before it expires.
        case refreshEarly
        /// Use it only if loading fails.
        case stale
        /// Do not use it.
        case unusable
    }

    static let headerSize = 60
    private static let format = UInt8(ascii: "1")

    let kind: Kind
    let version: Int64
    /// Until when the value is fresh.
    let softExpiry: Int64
    /// Until when it may stand in.
    let hardExpiry: Int64
    /// How long loading took, in milliseconds.
    let cost: Int64
    let value: [UInt8]

    init(kind: Kind, version: Int64, softExpiry: Int64, hardExpiry: Int64, cost: Int64, value: [UInt8]) {
        self.kind = kind
        self.version = max(0, version)
        self.softExpiry = softExpiry
        self.hardExpiry = hardExpiry
        self.cost = max(0, cost)
        self.value = value
    }

    /// Decides by the clock and, for the early refresh, by chance.
    ///
    /// The early refresh is XFetch (Vattani, Chierichetti, Lowenstein, VLDB 2015): the closer the expiry and the
    /// dearer the load, the likelier; about one caller of all processes is drawn, without a lock.
    ///
    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - beta: The weight; 0 switches the early refresh off.
    ///   - random: Uniform in (0, 1].
    func verdict(at now: Int64, beta: Double, random: Double) -> Verdict {
        if self.kind == .tombstone || now >= self.hardExpiry { return .unusable }
        if now >= self.softExpiry { return .stale }
        let lead = -Double(self.cost) * beta * log(max(random, .leastNonzeroMagnitude))
        return Double(now) + lead >= Double(self.softExpiry) ? .refreshEarly : .fresh
    }

    /// How long Redis keeps the envelope, at least a millisecond.
    func lifetime(at now: Int64) -> Int64 {
        max(1, self.hardExpiry - now)
    }

    // MARK: - Bytes

    /// The version as the script compares it.
    var versionText: String { Self.digits(self.version, 19) }

    var bytes: [UInt8] {
        var bytes: [UInt8] = [Self.format, self.kind.rawValue]
        bytes.reserveCapacity(Self.headerSize + self.value.count)
        bytes += self.versionText.utf8
        bytes += Self.digits(self.softExpiry, 15).utf8
        bytes += Self.digits(self.hardExpiry, 15).utf8
        bytes += Self.digits(min(self.cost, 999_999_999), 9).utf8
        return bytes + self.value
    }

    /// Reads an envelope; nil when the bytes are none, such as one of another version of this program.
    init?(bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize, bytes[0] == Self.format, let kind = Kind(rawValue: bytes[1]),
            let version = Self.number(bytes[2..<21]), let softExpiry = Self.number(bytes[21..<36]),
            let hardExpiry = Self.number(bytes[36..<51]), let cost = Self.number(bytes[51..<60])
        else { return nil }
        self.init(
            kind: kind, version: version, softExpiry: softExpiry, hardExpiry: hardExpiry, cost: cost,
            value: Array(bytes[Self.headerSize...])
        )
    }

    private static func digits(_ number: Int64, _ width: Int) -> String {
        let text = String(max(0, number))
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var number: Int64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !carry else { return nil }
            number = sum
        }
        return number
    }
}
