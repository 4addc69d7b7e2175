import ArgumentParser
import SoukctlCommands

/// The operator's command line: `soukctl replay`, `soukctl audit`.
@main
struct SoukctlMain {
    static func main() async {
        await Soukctl.main()
    }
}
