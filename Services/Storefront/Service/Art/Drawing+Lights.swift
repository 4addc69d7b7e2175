/// Things that shine.
extension Drawing {
    mutating func lantern() {
        let c = self.palette
        let round = self.random.below(2) == 0
        self.circle(200, 212, 128, "#f6b03c", opacity: 0.2)
        self.circle(200, 212, 92, "#f6b03c", opacity: 0.3)
        self.line("M200 0V92", c.ink, 3)
        self.circle(200, 92, 11, "none", stroke: c.main, 5)
        self.path("M160 146C166 122 184 116 194 102H206C216 116 234 122 240 146Z", c.main)
        self.path("M154 142H246L252 156H148Z", c.second)
        let body = round ? "M152 156C120 196 120 250 156 284H244C280 250 280 196 248 156Z" : "M150 156L128 214L156 284H244L272 214L250 156Z"
        self.path(body, c.main)
        for (x, w) in [(146.0, 26.0), (184, 32), (228, 26)] {
            self.path(
                "M\(Self.text(x)) 272V202C\(Self.text(x)) 186 \(Self.text(x + w / 2)) 182 \(Self.text(x + w / 2)) 168C\(Self.text(x + w / 2)) 182 \(Self.text(x + w)) 186 \(Self.text(x + w)) 202V272Z",
                c.accent)
            self.star(x + w / 2, 226, points: 8, outer: w * 0.36, inner: w * 0.2, c.light)
        }
        self.path("M150 284H250L240 300H160Z", c.second)
        self.path("M178 300H222L208 322H192Z", c.main)
        self.circle(200, 330, 8, c.accent)
    }

    mutating func candles() {
        let c = self.palette
        self.shadow(200, 128)
        for (x, height, tone) in [(132.0, 92.0, c.second), (200, 138, c.main), (268, 72, c.accent)] {
            let top = Self.floor - 26 - height
            self.circle(x, top - 26, 40, "#f6b03c", opacity: 0.28)
            self.rect(x - 22, top, 44, height, c.light, radius: 6)
            self.rect(x + 6, top, 16, height, tone, radius: 6, opacity: 0.18)
            self.path(
                "M\(Self.text(x)) \(Self.text(top - 48))C\(Self.text(x + 18)) \(Self.text(top - 24)) \(Self.text(x + 12)) \(Self.text(top - 6)) \(Self.text(x)) \(Self.text(top - 6))C\(Self.text(x - 12)) \(Self.text(top - 6)) \(Self.text(x - 18)) \(Self.text(top - 24)) \(Self.text(x)) \(Self.text(top - 48))Z",
                "#f6b03c", stroke: "#d9622b", 2)
            self.path(
                "M\(Self.text(x - 36)) \(Self.text(Self.floor - 30))H\(Self.text(x + 36))L\(Self.text(x + 24)) \(Self.text(Self.floor))H\(Self.text(x - 24))Z",
                tone)
            self.rect(x - 36, Self.floor - 34, 72, 8, c.ink, radius: 4, opacity: 0.5)
        }
    }

    mutating func stringOfLights() {
        let c = self.palette
        for (row, sag) in [(60.0, 120.0), (130, 150), (210, 130)] {
            self.line("M-10 \(Self.text(row))Q200 \(Self.text(row + sag)) 410 \(Self.text(row))", c.ink, 3)
            for place in 0..<7 {
                let t = (Double(place) + 0.5) / 7
                let x = -10 + 420 * t
                let y = row + 2 * t * (1 - t) * sag
                let tone = [c.main, c.accent, c.second][place % 3]
                self.circle(x, y + 22, 24, c.accent, opacity: 0.22)
                self.rect(x - 5, y - 2, 10, 12, c.ink, radius: 2)
                self.path(
                    "M\(Self.text(x - 6)) \(Self.text(y + 8))C\(Self.text(x - 18)) \(Self.text(y + 24)) \(Self.text(x - 12)) \(Self.text(y + 40)) \(Self.text(x)) \(Self.text(y + 42))C\(Self.text(x + 12)) \(Self.text(y + 40)) \(Self.text(x + 18)) \(Self.text(y + 24)) \(Self.text(x + 6)) \(Self.text(y + 8))Z",
                    tone)
                self.ellipse(x - 4, y + 24, 3, 7, c.light, opacity: 0.8)
            }
        }
    }

    mutating func incense() {
        let c = self.palette
        self.shadow(200, 110)
        for (x, lean) in [(188.0, -14.0), (200, 0), (212, 16)] {
            self.line("M\(Self.text(x)) 280L\(Self.text(x + lean)) 150", c.ink, 4)
            self.circle(x + lean, 148, 5, c.second)
            self.line(
                "M\(Self.text(x + lean)) 138C\(Self.text(x + lean - 30)) 110 \(Self.text(x + lean + 34)) 90 \(Self.text(x + lean)) 50",
                c.main, 5, opacity: 0.35)
        }
        self.path("M104 276H296C296 312 256 326 200 326C144 326 104 312 104 276Z", c.main)
        self.path("M104 276H296L292 290H108Z", c.ink, opacity: 0.22)
        self.ellipse(200, 276, 96, 12, c.accent)
        for x in stride(from: 130.0, through: 270, by: 28) { self.star(x, 303, points: 4, outer: 10, inner: 4, c.light) }
        self.path("M160 324H240L252 336H148Z", c.second)
    }
}
