extension Drawing {
    /// Draws the thing.
    mutating func draw(_ motif: Motif) {
        switch motif {
        case .lantern: self.lantern()
        case .candle: self.candles()
        case .lights: self.stringOfLights()
        case .rug: self.rug()
        case .cushion: self.cushion()
        case .towel: self.towel()
        case .bunting: self.bunting()
        case .glass: self.glasses()
        case .teapot: self.teapot()
        case .mug: self.mug()
        case .cezve: self.cezve()
        case .mill: self.mill()
        case .bottle: self.bottle()
        case .jar: self.jars()
        case .spice: self.spices()
        case .bowl: self.bowl()
        case .plate: self.plate()
        case .tray: self.tray()
        case .cutlery: self.cutlery()
        case .cake: self.cake()
        default: self.drawGift(motif)
        }
    }

    private mutating func drawGift(_ motif: Motif) {
        switch motif {
        case .box: self.box()
        case .basket: self.basket()
        case .bag: self.bag()
        case .soap: self.soap()
        case .incense: self.incense()
        case .slippers: self.slippers()
        case .tile: self.tile(points: 8)
        case .board: self.board()
        case .heart: self.heart()
        case .flower: self.flower()
        case .bird: self.bird()
        case .tree: self.tree()
        case .star: self.hangingStar()
        case .clock: self.clock()
        case .frame: self.frame()
        case .sign: self.sign()
        case .card: self.cards()
        case .toy: self.toy()
        case .jewel: self.jewel()
        case .umbrella: self.umbrella()
        default: self.tile(points: 6 + self.random.below(7))
        }
    }
}
