/// What is behind and below the thing: a niche, a sun or a wall of tiles, and the floor.
extension Drawing {
    mutating func backdrop() {
        let colours = self.palette
        self.rect(0, 0, 400, 400, colours.sky)
        self.lattice()
        switch self.random.below(4) {
        case 0: self.niche(colours.earth)
        case 1: self.sun(colours.earth)
        case 2: self.arcade(colours.earth)
        default: self.horseshoe(colours.earth)
        }
        self.path("M0 \(Self.text(Self.floor - 18))H400V400H0Z", colours.earth)
        self.path("M0 \(Self.text(Self.floor - 18))H400V\(Self.text(Self.floor - 12))H0Z", colours.ink, opacity: 0.08)
        self.frieze()
    }

    /// A faint pattern of the wall.
    private mutating func lattice() {
        let tone = self.palette.earth
        let kind = self.random.below(3)
        for row in 0..<8 {
            for column in 0..<8 {
                let (x, y) = (Double(column) * 57 + (row % 2 == 0 ? 0 : 28.5), Double(row) * 49 + 8)
                switch kind {
                case 0: self.star(x, y, points: 8, outer: 13, inner: 9, tone, opacity: 0.42)
                case 1: self.star(x, y, points: 4, outer: 15, inner: 5, tone, opacity: 0.42)
                default: self.circle(x, y, 4.5, tone, opacity: 0.5)
                }
            }
        }
    }

    /// What shines out of a niche: by day the light, by night a lamp.
    private var glow: (tone: String, opacity: Double) {
        self.palette.name == "night" ? (self.palette.main, 0.24) : (self.palette.light, 0.5)
    }

    /// A pointed arch.
    private mutating func niche(_ tone: String) {
        self.path("M72 400V196C72 122 152 96 200 34C248 96 328 122 328 196V400Z", tone)
        self.path("M92 400V202C92 140 158 116 200 64C242 116 308 140 308 202V400Z", self.glow.tone, opacity: self.glow.opacity)
    }

    private mutating func sun(_ tone: String) {
        self.circle(200, 190, 142, tone)
        self.circle(200, 190, 118, self.glow.tone, opacity: self.glow.opacity)
    }

    /// Three round arches.
    private mutating func arcade(_ tone: String) {
        for x in [-20.0, 130, 280] {
            self.path("M\(Self.text(x)) 400V150a70 70 0 0 1 140 0V400Z", tone)
            self.path("M\(Self.text(x + 16)) 400V154a54 54 0 0 1 108 0V400Z", self.glow.tone, opacity: self.glow.opacity)
        }
    }

    private mutating func horseshoe(_ tone: String) {
        self.path("M96 400V250A128 128 0 1 1 304 250V400Z", tone)
        self.path("M114 400V246A108 108 0 1 1 286 246V400Z", self.glow.tone, opacity: self.glow.opacity)
    }

    /// A row of tiles along the foot of the picture.
    private mutating func frieze() {
        let colours = self.palette
        for place in 0..<10 {
            let x = Double(place) * 40 + 20
            self.star(x, 380, points: 4, outer: 13, inner: 6, place % 2 == 0 ? colours.main : colours.second, opacity: 0.55)
        }
    }
}
