/// When to open a receive window again, and by how much.
enum FlowControl {
    /// The increment that brings a window back to `target`, once half of it is used up; `nil` while there is no need.
    static func increment(window: Int, target: Int) -> Int? {
        window <= target / 2 ? target - window : nil
    }
}
