extension Session {
    /// Reads what this person has just written, and checks that the shop shows it.
    ///
    /// The read carries the `Souk-Read-After` token that the write was answered with; by it the shop promises to show the
    /// write, whatever caches and replicas there are. A read that does not is counted as stale.
    ///
    /// - Parameters:
    ///   - request: The read.
    ///   - write: The answer to the write. Without a token nothing is promised, and nothing is read.
    ///   - shows: Whether the answer shows the write.
    package func readBack(_ request: ShopRequest, after write: ShopAnswer, _ shows: (ShopAnswer) -> Bool) async throws {
        guard write.isSuccess, let token = write.headers["souk-read-after"] else { return }
        let answer = try await self.send(request.adding("Souk-Read-After", token))
        // A shop that is too busy to answer has shown nothing old.
        guard answer.isSuccess || answer.status == 404 else { return }
        let isShown = answer.isSuccess && shows(answer)
        self.tally.count { counts in
            counts.readBacks += 1
            if !isShown { counts.stale.append(answer.summary(of: request)) }
        }
    }
}
