/// Things to keep other things in.
extension Drawing {
    mutating func box() {
        let c = self.palette
        self.shadow(200, 142)
        self.path("M84 150L110 84H290L316 150Z", c.second)
        self.path("M98 142L116 96H284L302 142Z", c.main)
        for place in 0..<5 { self.star(136 + Double(place) * 32, 120, points: 8, outer: 13, inner: 8, c.accent) }
        self.rect(78, 148, 244, 180, c.main, radius: 8)
        self.rect(282, 148, 40, 180, c.ink, radius: 8, opacity: 0.14)
        self.rect(78, 148, 244, 16, c.second)
        self.rect(96, 182, 208, 124, c.light, radius: 4, opacity: 0.9)
        for row in 0..<3 {
            for column in 0..<5 {
                let tone = [c.second, c.main, c.accent][(row + column) % 3]
                self.star(117 + Double(column) * 41.5, 203 + Double(row) * 41, points: 4, outer: 18, inner: 8, tone)
            }
        }
        self.circle(200, 166, 14, c.accent, stroke: c.ink, 3)
        self.rect(197, 166, 6, 12, c.ink, radius: 3)
    }

    mutating func basket() {
        let c = self.palette
        self.shadow(200, 122)
        self.mirrored { $0.line("M120 184C112 76 186 76 186 184", c.second, 12) }
        self.path("M82 176H318L292 310C290 322 282 328 270 328H130C118 328 110 322 108 310Z", c.main)
        for row in 0..<5 {
            let y = 196 + Double(row) * 27
            let inset = Double(row) * 5.2
            for column in 0..<8 {
                let width = (224 - 2 * inset) / 8
                let x = 88 + inset + Double(column) * width
                if (row + column) % 2 == 0 { self.rect(x, y, width - 2, 23, c.accent, radius: 5) }
            }
        }
        self.rect(74, 166, 252, 24, c.second, radius: 12)
        for place in 0..<8 { self.circle(96 + Double(place) * 30, 178, 5, c.light) }
    }

    mutating func bag() {
        let c = self.palette
        self.shadow(200, 104)
        self.line("M148 166C148 66 252 66 252 166", c.second, 11)
        self.path("M100 150H300L312 314C312 324 306 330 296 330H104C94 330 88 324 88 314Z", c.main)
        self.path("M264 150H300L312 314C312 324 306 330 296 330H272Z", c.ink, opacity: 0.14)
        self.rect(100, 150, 200, 16, c.second)
        switch self.random.below(3) {
        case 0:
            for row in 0..<3 {
                for column in 0..<4 {
                    self.circle(132 + Double(column) * 45, 204 + Double(row) * 42, 12, (row + column) % 2 == 0 ? c.light : c.accent)
                }
            }
        case 1:
            self.star(200, 246, points: 8, outer: 58, inner: 38, c.light); self.star(200, 246, points: 8, outer: 34, inner: 22, c.accent)
        default:
            for place in 0..<4 {
                self.rect(
                    96 - Double(place) * 2, 192 + Double(place) * 34, 208 + Double(place) * 4, 16, place % 2 == 0 ? c.light : c.accent)
            }
        }
        self.mirrored { $0.circle(148, 166, 7, c.accent) }
    }

    mutating func soap() {
        let c = self.palette
        self.shadow(200, 138)
        for (x, y, tone) in [(140.0, 258.0, c.second), (262, 258, c.accent), (200, 178, c.main)] {
            self.path(
                "M\(Self.text(x - 58)) \(Self.text(y - 14))L\(Self.text(x - 40)) \(Self.text(y - 34))H\(Self.text(x + 74))L\(Self.text(x + 58)) \(Self.text(y - 14))Z",
                c.light)
            self.path(
                "M\(Self.text(x + 58)) \(Self.text(y - 14))L\(Self.text(x + 74)) \(Self.text(y - 34))V\(Self.text(y + 46))L\(Self.text(x + 58)) \(Self.text(y + 70))Z",
                c.ink, opacity: 0.3)
            self.rect(x - 58, y - 14, 116, 84, tone, radius: 5)
            self.rect(x - 46, y - 2, 92, 60, c.light, radius: 4, opacity: 0.22)
            self.star(x, y + 28, points: 8, outer: 22, inner: 14, c.light)
        }
        for (x, y, r) in [(84.0, 150.0, 15.0), (112, 112, 10), (318, 160, 12), (296, 118, 18), (66, 190, 8)] {
            self.circle(x, y, r, c.light, stroke: c.main, 2, opacity: 0.7)
        }
    }

    mutating func tile(points: Int) {
        let c = self.palette
        self.path("M78 66H330V318H78Z", c.ink, opacity: 0.18)
        self.rect(70, 56, 260, 260, c.light, radius: 6)
        self.rect(80, 66, 240, 240, c.main, radius: 3)
        self.mirrored { drawing in
            drawing.path("M80 66H140C140 99 113 126 80 126ZM80 306H140C140 273 113 246 80 246Z", c.second)
            drawing.path("M80 66H112C112 84 98 98 80 98ZM80 306H112C112 288 98 274 80 274Z", c.accent)
        }
        let n = max(5, points)
        self.star(200, 186, points: n, outer: 112, inner: 74, c.light)
        self.star(200, 186, points: n, outer: 100, inner: 66, c.second)
        self.rosette(200, 186, count: n, radius: 58, size: 20, c.accent)
        self.star(200, 186, points: n, outer: 46, inner: 30, c.light)
        self.star(200, 186, points: n, outer: 28, inner: 17, c.main)
        self.circle(200, 186, 8, c.accent)
    }

    mutating func board() {
        let c = self.palette
        self.path("M70 86H346V320H70Z", c.ink, opacity: 0.18)
        self.rect(60, 74, 280, 240, c.main, radius: 6)
        self.rect(74, 88, 252, 212, c.light)
        self.rect(196, 74, 8, 240, c.main)
        for place in 0..<10 {
            let x = 76 + Double(place) * 24 + (place >= 5 ? 8 : 0)
            let tone = place % 2 == 0 ? c.second : c.accent
            let other = place % 2 == 0 ? c.accent : c.second
            self.path("M\(Self.text(x)) 88H\(Self.text(x + 23))L\(Self.text(x + 11.5)) 180Z", tone)
            self.path("M\(Self.text(x)) 300H\(Self.text(x + 23))L\(Self.text(x + 11.5)) 208Z", other)
        }
        for (x, y, dark) in [
            (87.0, 99.0, true), (87, 121, true), (87, 143, true), (312, 99, false), (312, 121, false), (143, 288, false), (143, 266, false),
            (256, 288, true), (280, 288, true),
        ] {
            self.circle(x, y, 11, dark ? c.ink : c.main, stroke: c.light, 2)
        }
        self.placed(158, 194, turn: 18) {
            $0.rect(-13, -13, 26, 26, c.light, radius: 5); $0.circle(-5, -5, 3, c.ink); $0.circle(5, 5, 3, c.ink)
        }
    }

    mutating func umbrella() {
        let c = self.palette
        self.shadow(200, 60)
        self.line("M200 80V296C200 326 240 326 240 296", c.ink, 8)
        self.path(
            "M52 210C62 118 128 76 200 72C272 76 338 118 348 210C324 190 300 190 274 210C250 188 226 188 200 208C174 188 150 188 126 210C100 190 76 190 52 210Z",
            c.main)
        self.path("M200 72C160 96 132 150 126 210C150 188 174 188 200 208C226 188 250 188 274 210C268 150 240 96 200 72Z", c.accent)
        self.path("M200 72C186 100 184 160 200 208C216 160 214 100 200 72Z", c.second)
        self.line("M200 72V52", c.ink, 6)
        for x in [88.0, 312] { self.star(x, 172, points: 8, outer: 14, inner: 9, c.light) }
    }
}
