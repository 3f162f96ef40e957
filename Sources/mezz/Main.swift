import MezzApp

@main
enum Main {
    static func main() async {
        await Mezz.runToExit()
    }
}
