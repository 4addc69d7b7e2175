/// The colours of a picture, by what they are for.
struct Palette: Sendable, Hashable {
    var name: String
    /// The ground, above and below.
    var sky: String
    var earth: String
    /// The thing itself: its body, its second colour, what shines on it.
    var main: String
    var second: String
    var accent: String
    /// The lightest and the darkest.
    var light: String
    var ink: String

    static let all: [Palette] = [
        Palette("saffron", "#f9ecd0", "#eec885", "#b8441f", "#1f5562", "#e2a12b", "#fff8e8", "#3b2418"),
        Palette("indigo", "#e6ecf6", "#b3c4e4", "#2f3f86", "#c8862a", "#7f9bd1", "#fbfaf5", "#1b2148"),
        Palette("pomegranate", "#fae3de", "#ecb1a6", "#a02438", "#2f5d50", "#e8a33d", "#fff6f0", "#3f1020"),
        Palette("sage", "#eaf0df", "#bccf9f", "#4c6b3c", "#b5552d", "#d9b65c", "#fbfbf0", "#22331c"),
        Palette("turquoise", "#e0f2ee", "#98d2c8", "#0f6f6c", "#d7642c", "#f0b95b", "#f7fdfa", "#083b3c"),
        Palette("plum", "#f0e7f4", "#c8afd9", "#5f2d73", "#c79a2f", "#a873bd", "#fcf8fd", "#2d1238"),
        Palette("sand", "#f6efe3", "#dcc8a6", "#8f5f30", "#23576b", "#d39a55", "#fffaf1", "#3a2815"),
        Palette("rose", "#fdebec", "#f0bcc4", "#b23a5b", "#37635c", "#e7a64c", "#fff8f7", "#451325"),
        Palette("night", "#38447c", "#171d3f", "#e0a43a", "#c9583c", "#8fc1bb", "#fdf3dc", "#0d1127"),
        Palette("clay", "#f8e4d5", "#e2b08c", "#a1431f", "#28504d", "#f0c070", "#fff7ef", "#3c1a0b"),
    ]

    /// The palette of a name, if there is one.
    static func named(_ name: some StringProtocol) -> Palette? { self.all.first { $0.name == name } }

    /// The palette that a product's name asks for by a colour or a material; nil leaves it to chance.
    static func name(for product: String) -> String? {
        for word in product.lowercased().split(whereSeparator: { !$0.isLetter }) {
            if let name = self.words[String(word)] { return name }
        }
        return nil
    }

    private static let words: [String: String] = [
        "red": "pomegranate", "cherry": "pomegranate", "ruby": "pomegranate", "sumac": "pomegranate", "pomegranate": "pomegranate",
        "blue": "indigo", "indigo": "indigo", "navy": "indigo", "denim": "indigo", "green": "sage", "olive": "sage", "zaatar": "sage",
        "za": "sage", "jade": "sage", "turquoise": "turquoise", "teal": "turquoise", "mint": "turquoise", "purple": "plum",
        "lilac": "plum", "lavender": "plum", "oud": "plum", "white": "sand", "cream": "sand", "ivory": "sand", "palm": "sand",
        "walnut": "sand", "wooden": "sand", "pink": "rose", "rose": "rose", "heart": "rose", "black": "night", "silver": "night",
        "yellow": "saffron", "gold": "saffron", "brass": "night", "saffron": "saffron", "orange": "clay", "copper": "clay",
        "terracotta": "clay", "leather": "saffron",
    ]

    private init(
        _ name: String, _ sky: String, _ earth: String, _ main: String, _ second: String, _ accent: String, _ light: String, _ ink: String
    ) {
        self.name = name
        self.sky = sky
        self.earth = earth
        self.main = main
        self.second = second
        self.accent = accent
        self.light = light
        self.ink = ink
    }
}
