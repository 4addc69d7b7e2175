/// Things that are woven.
extension Drawing {
    mutating func rug() {
        let c = self.palette
        let motif = self.random.below(3)
        self.path("M112 64H288V318H112Z", c.ink, opacity: 0.16)
        for place in 0..<16 {
            let x = 110 + Double(place) * 12
            self.line("M\(Self.text(x)) 42V58M\(Self.text(x)) 310V326", c.light, 3)
        }
        self.rect(104, 56, 192, 256, c.main)
        self.rect(114, 66, 172, 236, c.light)
        for place in 0..<12 {
            self.star(114, 76 + Double(place) * 19.6, points: 4, outer: 9, inner: 4, c.second)
            self.star(286, 76 + Double(place) * 19.6, points: 4, outer: 9, inner: 4, c.second)
        }
        self.rect(126, 78, 148, 212, c.second)
        for row in 0..<3 {
            let y = 118 + Double(row) * 66
            self.path("M200 \(Self.text(y - 34))L258 \(Self.text(y))L200 \(Self.text(y + 34))L142 \(Self.text(y))Z", c.main)
            self.path("M200 \(Self.text(y - 24))L240 \(Self.text(y))L200 \(Self.text(y + 24))L160 \(Self.text(y))Z", c.accent)
            switch motif {
            case 0: self.star(200, y, points: 8, outer: 16, inner: 10, c.light)
            case 1: self.star(200, y, points: 4, outer: 18, inner: 7, c.ink)
            default: self.path("M188 \(Self.text(y - 12))H212V\(Self.text(y + 12))H188Z", c.light)
            }
            for x in [142.0, 258] { self.star(x, y + 33, points: 4, outer: 9, inner: 4, c.light) }
        }
    }

    mutating func cushion() {
        let c = self.palette
        self.shadow(200, 128)
        self.path("M84 116C120 132 280 132 316 116C304 170 304 266 318 318C280 304 120 304 82 318C96 266 96 170 84 116Z", c.main)
        self.path("M112 142C150 150 250 150 288 142C282 186 282 250 290 292C250 284 150 284 110 292C118 250 118 186 112 142Z", c.light)
        for row in 0..<3 {
            for column in 0..<3 {
                let (x, y) = (150 + Double(column) * 50, 170 + Double(row) * 46)
                let tone = (row + column) % 2 == 0 ? c.second : c.accent
                self.path(
                    "M\(Self.text(x)) \(Self.text(y - 22))L\(Self.text(x + 22)) \(Self.text(y))L\(Self.text(x)) \(Self.text(y + 22))L\(Self.text(x - 22)) \(Self.text(y))Z",
                    tone)
                self.star(x, y, points: 4, outer: 11, inner: 4, c.light)
            }
        }
        self.mirrored {
            $0.circle(83, 116, 9, c.second); $0.circle(81, 318, 9, c.second)
        }
    }

    mutating func towel() {
        let c = self.palette
        self.line("M70 76H330", c.ink, 9)
        self.mirrored { $0.circle(68, 76, 12, c.second) }
        self.path("M112 76H288V298H112Z", c.light)
        self.path("M250 76H288V298H250Z", c.ink, opacity: 0.07)
        let stripes = [
            (96.0, 22.0, c.main), (126, 6, c.second), (140, 6, c.second), (232, 6, c.second), (246, 6, c.second), (262, 24, c.main),
        ]
        for (y, height, tone) in stripes { self.rect(112, y, 176, height, tone) }
        for place in 0..<5 { self.star(136 + Double(place) * 32, 190, points: 8, outer: 13, inner: 8, place % 2 == 0 ? c.accent : c.main) }
        for place in 0..<12 {
            let x = 120 + Double(place) * 14.6
            self.line("M\(Self.text(x)) 298V318", c.main, 3)
            self.circle(x, 321, 4, c.accent)
        }
        self.rect(112, 68, 176, 14, c.light, radius: 5)
    }

    mutating func bunting() {
        let c = self.palette
        for (row, sag, start) in [(56.0, 110.0, 0), (146, 120, 1), (236, 90, 2)] {
            self.line("M-10 \(Self.text(row))Q200 \(Self.text(row + sag)) 410 \(Self.text(row))", c.ink, 3)
            for place in 0..<8 {
                let t = (Double(place) + 0.5) / 8
                let (x, y) = (-10 + 420 * t, row + 2 * t * (1 - t) * sag)
                let tone = [c.main, c.accent, c.second, c.light][(place + start) % 4]
                self.path("M\(Self.text(x - 20)) \(Self.text(y))H\(Self.text(x + 20))L\(Self.text(x)) \(Self.text(y + 44))Z", tone)
                self.circle(x, y + 13, 5, (place + start) % 4 == 3 ? c.main : c.light)
            }
        }
    }

    mutating func slippers() {
        let c = self.palette
        self.shadow(200, 136)
        for (x, y, scale) in [(176.0, 250.0, 1.0), (216, 316, 1.12)] {
            self.placed(x, y, scale: scale) { drawing in
                drawing.path(
                    "M-110 6C-112 -18 -96 -34 -70 -36C-34 -38 14 -30 60 -14C84 -6 104 -22 116 -40C124 -18 112 12 82 14H-98C-106 14 -110 12 -110 6Z",
                    c.main)
                drawing.path("M-110 6C-112 -18 -96 -34 -70 -36C-50 -37 -36 -34 -30 -28C-44 -12 -84 -10 -110 0Z", c.ink, opacity: 0.35)
                drawing.path("M-110 8H92C88 14 86 14 82 14H-98C-106 14 -110 12 -110 8Z", c.ink)
                for place in 0..<4 { drawing.star(-8 + Double(place) * 22, -8 + Double(place) * 4, points: 4, outer: 9, inner: 4, c.light) }
                drawing.circle(116, -42, 8, c.accent)
            }
        }
    }
}
