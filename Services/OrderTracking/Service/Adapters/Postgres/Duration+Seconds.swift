extension Duration {
    /// The duration as PostgreSQL's arithmetic on intervals takes it.
    var inSeconds: Double {
        let (seconds, attoseconds) = self.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
