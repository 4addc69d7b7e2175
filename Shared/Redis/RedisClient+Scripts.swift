extension RedisClient {
    /// Runs a script by its digest, and sends its source only to a server that does not know it.
    ///
    /// A server forgets its scripts when it restarts or fails over, so this is looked at on each call.
    ///
    /// - Parameters:
    ///   - script: What to run. It must name the keys it touches through `KEYS`.
    ///   - keys: The keys.
    ///   - arguments: What the script reads as `ARGV`.
    /// - Throws: ``RedisError``, or `CancellationError`.
    @discardableResult
    public func eval(
        _ script: RedisScript, keys: [String], arguments: [RedisArgument] = []
    ) async throws -> RedisValue {
        let tail = [RedisArgument(keys.count)] + keys.map { RedisArgument($0) } + arguments
        do {
            return try await self.send(["EVALSHA", RedisArgument(script.digest)] + tail)
        } catch let error as RedisError where error.serverCode == "NOSCRIPT" {
            return try await self.send(["EVAL", RedisArgument(script.source)] + tail)
        }
    }
}
