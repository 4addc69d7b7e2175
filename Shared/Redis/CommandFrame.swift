/// Commands as they stand on the wire: RESP arrays of bulk strings, and how many answers they call for.
///
/// The frame is built in the caller's task, so the loop's thread only copies bytes.
struct CommandFrame: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var commandCount = 0

    init(_ commands: [[RedisArgument]]) {
        self.bytes.reserveCapacity(commands.reduce(0) { $0 + Self.size(of: $1) })
        for command in commands { self.append(command) }
    }

    init(_ command: [RedisArgument]) {
        self.bytes.reserveCapacity(Self.size(of: command))
        self.append(command)
    }

    private mutating func append(_ command: [RedisArgument]) {
        self.append(prefix: UInt8(ascii: "*"), command.count)
        for argument in command {
            self.append(prefix: UInt8(ascii: "$"), argument.bytes.count)
            self.bytes.append(contentsOf: argument.bytes)
            self.appendLineEnd()
        }
        self.commandCount += 1
    }

    private mutating func append(prefix: UInt8, _ number: Int) {
        self.bytes.append(prefix)
        if number < 10 {
            self.bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            self.bytes.append(contentsOf: String(number).utf8)
        }
        self.appendLineEnd()
    }

    private mutating func appendLineEnd() {
        self.bytes.append(UInt8(ascii: "\r"))
        self.bytes.append(UInt8(ascii: "\n"))
    }

    /// An upper bound for commands of ordinary size: a header takes at most 8 bytes below 100 kB.
    private static func size(of command: [RedisArgument]) -> Int {
        command.reduce(8) { $0 + $1.bytes.count + 10 }
    }
}
