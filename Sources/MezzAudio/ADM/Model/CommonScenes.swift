/// The higher-order ambisonics of the common definitions (ITU-R BS.2094-1 Tables 4 to 6).
enum CommonScenes {
    /// Normalisations by the digit before an order's: their name and where their channels begin.
    private static let families: [(digit: Int, name: String, first: Int, orders: Int)] = [
        (0x00, "SN3D", 0x001, 6), (0x10, "N3D", 0x101, 6), (0x20, "FuMa", 0x201, 3),
    ]

    /// A full sphere of an order has (order + 1)² components.
    private static func components(_ order: Int) -> Int { (order + 1) * (order + 1) }

    static func pack(_ number: Int) -> (name: String, channels: [Int])? {
        if let flat = flat(number) { return flat }
        for family in families where 1...family.orders ~= number - family.digit {
            let order = number - family.digit
            return (
                "ambisonics order \(order) \(family.name)", (0..<components(order)).map { family.first + $0 }
            )
        }
        return nil
    }

    /// Those with fewer components, in N3D: flat ones, and such as have more of them in the plane.
    private static func flat(_ number: Int) -> (name: String, channels: [Int])? {
        let sphere = [0x101, 0x102, 0x103, 0x104]
        switch number {
        case 0x111: return ("ambisonics order 1 in the plane N3D", [0x101, 0x102, 0x104])
        case 0x112: return ("ambisonics order 2 in the plane N3D", [0x101, 0x102, 0x104, 0x105, 0x109])
        case 0x210: return ("ambisonics 2H1P N3D", sphere + [0x105, 0x109])
        case 0x211: return ("ambisonics 3H1P N3D", sphere + [0x105, 0x109, 0x10A, 0x110])
        case 0x310: return ("ambisonics 2H1V N3D", sphere + [0x105, 0x106, 0x108, 0x109])
        default: return nil
        }
    }

    static func hasChannel(_ number: Int) -> Bool {
        families.contains { 0..<components($0.orders) ~= number - $0.first }
    }
}
