import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension ProviderRoutes {
    /// The part of the journal that is certain, as it is in the file: the whole of it, or up to `limit` lines after the line
    /// number `after`.
    func journalResponse(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        guard let after = query.get("after", as: Int.self) else { return try await self.wholeJournal() }
        let limit = min(max(query.get("limit", as: Int.self) ?? 1_000, 1), 10_000)
        let lines = try await self.journal.lines(after: max(after, 0), limit: limit)
        return Response(status: .ok, headers: Self.journalHeaders, body: ResponseBody(byteBuffer: ByteBuffer(bytes: lines)))
    }

    private static let journalHeaders: HTTPFields = [.contentType: "application/x-ndjson"]

    private func wholeJournal() async throws -> Response {
        let size = try await self.journal.flushed()
        let path = self.journal.path
        let body = ResponseBody(contentLength: Int(size)) { writer in
            guard let file = FileHandle(forReadingAtPath: path) else { throw JournalError(.cannotOpen, path: path) }
            defer { try? file.close() }
            var left = Int(size)
            while left > 0, let chunk = try file.read(upToCount: min(left, 256 * 1024)), !chunk.isEmpty {
                left -= chunk.count
                try await writer.write(ByteBuffer(bytes: chunk))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: Self.journalHeaders, body: body)
    }
}
