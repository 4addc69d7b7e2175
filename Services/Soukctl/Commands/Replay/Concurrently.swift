/// Does something with every element, so many at a time.
///
/// - Returns: The results in the order of the elements.
/// - Throws: The first error; the others are cancelled.
@discardableResult
func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element],
    width: Int,
    _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [Int: Result] = [:]
        for (index, element) in elements.enumerated() {
            if index >= width, let (finished, result) = try await group.next() { results[finished] = result }
            group.addTask { (index, try await body(element)) }
        }
        for try await (finished, result) in group { results[finished] = result }
        return elements.indices.compactMap { results[$0] }
    }
}
