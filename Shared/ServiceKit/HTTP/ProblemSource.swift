/// Like ``ProblemConvertible``, for the errors of modules below this one.
protocol ProblemSource: Error {
    var problem: Problem { get }
}
