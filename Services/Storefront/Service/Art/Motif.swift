/// What a product's picture shows. Chosen by the words of the product's name.
enum Motif: String, CaseIterable, Sendable {
    case lantern, candle, lights
    case rug, cushion, towel, bunting
    case glass, teapot, mug, cezve, mill, bottle, jar
    case spice, bowl, plate, tray, cutlery, cake
    case box, basket, bag, soap, incense, slippers
    case tile, board, heart, flower, bird, tree, star
    case clock, frame, sign, card, toy, jewel, umbrella
    /// A tile whose star no other product has: for all that has no picture of its own.
    case pattern

    /// The motif of a product's name.
    ///
    /// In English the last noun says what a thing is (a paper lantern is a lantern), up to a comma or a "with"; what stands
    /// behind it is looked at only if nothing before it is known.
    init(name: String) {
        let words = name.lowercased().split { !$0.isLetter && $0 != "," }.flatMap {
            $0.split(separator: ",").map(String.init) + ($0.contains(",") ? [","] : [])
        }
        let end = words.firstIndex { [",", "with", "of", "for", "in"].contains($0) } ?? words.count
        self = words[..<end].reversed().lazy.compactMap(Self.named).first ?? words[end...].lazy.compactMap(Self.named).first ?? .pattern
    }

    /// The motif of a word, in the singular or in the plural.
    private static func named(_ word: String) -> Motif? {
        self.words[word] ?? (word.hasSuffix("s") ? self.words[String(word.dropLast())] : nil)
            ?? (word.hasSuffix("es") ? self.words[String(word.dropLast(2))] : nil)
    }

    private static let words: [String: Motif] = {
        var words: [String: Motif] = [:]
        for (motif, list) in Self.vocabulary {
            for word in list.split(separator: " ") { words[String(word)] = motif }
        }
        return words
    }()

    private static let vocabulary: [(Motif, String)] = [
        (.lantern, "lantern lamp light lampshade chandelier"), (.candle, "candle candlestick holder tealight candleholder nightlight"),
        (.lights, "lights"), (.rug, "kilim rug carpet mat doormat runner throw blanket"), (.cushion, "cushion pillow quilt"),
        (.towel, "towel apron scarf textile cloth napkin shawl"), (.bunting, "bunting garland banner flag pennant ribbon"),
        (.glass, "glasses glass tumbler goblet"), (.teapot, "teapot kettle jug"), (.mug, "mug cup teacup beaker saucer"),
        (.cezve, "coffee cezve"), (.mill, "mill grinder"), (.bottle, "bottle water oil perfume rose"),
        (.jar, "jar tin canister honey jam caddy storage bin"), (.spice, "sumac saffron za zaatar pepper cumin turmeric spices"),
        (.bowl, "bowl dish ramekin"), (.plate, "plate coaster placemat"), (.tray, "tray platter"),
        (.cutlery, "cutlery spoon fork knife baking kitchen"), (.cake, "cake cakestand cakecases muffin pastry pantry"),
        (.box, "box spice drawer chest cabinet trinket lunch snack"), (.basket, "basket trug hamper"),
        (.bag, "bag shopper tote purse backpack"),
        (.soap, "soap bath"), (.incense, "incense oud"), (.slippers, "slippers shoe boot"), (.tile, "tile mosaic"),
        (.board, "backgammon chess board game puzzle jigsaw dominoe"), (.heart, "heart"),
        (.flower, "flower daisy garden plant hyacinth blossom planter"), (.bird, "bird owl hen dove robin chick peacock cockerel"),
        (.tree, "tree christmas reindeer fir snowman"), (.star, "star bauble decoration snowflake angel"),
        (.clock, "clock alarm watch"), (.frame, "frame picture photo mirror"), (.sign, "sign plaque hook hanger letter doorstop magnet"),
        (.card, "card paper wrap notebook book journal sticker tissue envelope postcard gift pencil pen"),
        (.toy, "toy doll children kid soldier spaceboy dinosaur circus dolly playhouse skittle"),
        (.jewel, "necklace earring bracelet ring brooch bead charm crystal"), (.umbrella, "umbrella parasol"),
    ]
}
