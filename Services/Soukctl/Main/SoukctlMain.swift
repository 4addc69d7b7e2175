import ArgumentParser
import SoukctlCommands

/// The operator's command line: `soukctl replay`, `soukctl audit`, `soukctl events`.
@main
struct SoukctlMain {
    static func main() async {
        await Soukctl.main()
    }
}
