import Redis

extension RedisError: ProblemSource {
    var problem: Problem { .unavailable("A part that is needed is not available at the moment.") }
}
