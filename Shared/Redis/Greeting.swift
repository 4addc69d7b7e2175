/// The first commands on each connection and what their answers must be.
struct Greeting {
    private enum Step {
        case mustSucceed, mayFail, role
    }

    /// Commands in the order in which they are sent.
    let commands: [[RedisArgument]]
    private let steps: [Step]

    init(_ configuration: RedisConfiguration) {
        var commands: [[RedisArgument]] = []
        var steps: [Step] = []
        if let password = configuration.password {
            var command: [RedisArgument] = ["AUTH"]
            if let username = configuration.username { command.append(RedisArgument(username)) }
            commands.append(command + [RedisArgument(password)])
            steps.append(.mustSucceed)
        }
        // Also finds a server that is still loading its data, which answers every PING with an error.
        commands.append(["PING"])
        steps.append(.mustSucceed)
        if configuration.database != 0 {
            commands.append(["SELECT", RedisArgument(configuration.database)])
            steps.append(.mustSucceed)
        }
        if configuration.requiresPrimary {
            commands.append(["ROLE"])
            steps.append(.role)
        }
        if let name = configuration.clientName {
            commands.append(["CLIENT", "SETNAME", RedisArgument(name)])
            steps.append(.mayFail)
        }
        self.commands = commands
        self.steps = steps
    }

    /// Checks the answers.
    ///
    /// - Throws: ``RedisError`` with the reason why this server cannot be used.
    func check(_ replies: [RedisValue]) throws(RedisError) {
        for (step, reply) in zip(self.steps, replies) {
            switch (step, reply) {
            case (.mayFail, _):
                break
            case (_, .error(let message)):
                throw RedisError(server: message)
            case (.role, _) where reply.elements?.first?.text != "master":
                throw RedisError(.notConnected, "The server is a replica")
            case (.mustSucceed, _), (.role, _):
                break
            }
        }
    }
}
