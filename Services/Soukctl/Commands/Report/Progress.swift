import Foundation
import Synchronization

/// Says how far a long job is: a bar on a terminal, a plain line now and then elsewhere.
package final class Progress: Sendable {
    private struct State {
        var title = ""
        var done = 0
        var total = 0
        var start = ContinuousClock.now
        var lastLine = ContinuousClock.now
    }

    private static let pauseBetweenLines = Duration.seconds(5)

    private let isTerminal: Bool
    private let state = Mutex(State())

    package init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.isTerminal = isTerminal
    }

    /// Begins a part of the job.
    package func begin(_ title: String, of total: Int) {
        self.state.withLock { state in
            state = State(title: title, total: total)
            self.show(state, isLast: total == 0)
        }
    }

    /// One more is done.
    package func advance() {
        self.state.withLock { state in
            state.done += 1
            let isLast = state.done == state.total
            let now = ContinuousClock.now
            guard self.isTerminal || isLast || state.lastLine.duration(to: now) >= Self.pauseBetweenLines else { return }
            state.lastLine = now
            self.show(state, isLast: isLast)
        }
    }

    private func show(_ state: State, isLast: Bool) {
        let seconds = state.start.duration(to: .now).components.seconds
        if self.isTerminal {
            let bar = Self.bar(done: state.done, total: state.total, width: 30)
            Self.write("\r\(state.title) \(bar) \(state.done)/\(state.total) \(seconds) s" + (isLast ? "\n" : "\u{1B}[K"))
        } else {
            Self.write("\(state.title): \(state.done)/\(state.total), \(seconds) s\n")
        }
    }

    package static func bar(done: Int, total: Int, width: Int) -> String {
        let filled = total == 0 ? width : min(width, width * done / total)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
