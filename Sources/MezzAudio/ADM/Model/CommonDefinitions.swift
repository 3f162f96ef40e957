/// The common definitions of ITU-R BS.2094: packs and channels that files refer to by id without defining them.
enum CommonDefinitions {
    /// Loudspeakers by the number in their channel's id, from 1: "AC_00010001" is the first (BS.2094-1 Table 1).
    /// Azimuth and elevation are in degrees.
    private static let speakers: [(name: String, label: String, azimuth: Double, elevation: Double)] = [
        ("FrontLeft", "M+030", 30, 0), ("FrontRight", "M-030", -30, 0), ("FrontCentre", "M+000", 0, 0),
        ("LowFrequencyEffects", "LFE", 0, -30), ("SurroundLeft", "M+110", 110, 0), ("SurroundRight", "M-110", -110, 0),
        ("FrontLeftOfCentre", "M+022", 22.5, 0), ("FrontRightOfCentre", "M-022", -22.5, 0),
        ("BackCentre", "M+180", 180, 0), ("SideLeft", "M+090", 90, 0), ("SideRight", "M-090", -90, 0),
        ("TopCentre", "T+000", 0, 90), ("TopFrontLeft", "U+030", 30, 30), ("TopFrontCentre", "U+000", 0, 30),
        ("TopFrontRight", "U-030", -30, 30), ("TopSurroundLeft", "U+110", 110, 30),
        ("TopBackCentre", "U+180", 180, 30), ("TopSurroundRight", "U-110", -110, 30),
        ("TopSideLeft", "U+090", 90, 30), ("TopSideRight", "U-090", -90, 30), ("BottomFrontCentre", "B+000", 0, -30),
        ("BottomFrontLeftMid", "B+045", 45, -30), ("BottomFrontRightMid", "B-045", -45, -30),
        ("FrontLeftWide", "M+060", 60, 0), ("FrontRightWide", "M-060", -60, 0),
        ("BackLeftMidDiffuse", "M+135_Diff", 135, 0), ("BackRightMidDiffuse", "M-135_Diff", -135, 0),
        ("BackLeftMid", "M+135", 135, 0), ("BackRightMid", "M-135", -135, 0), ("TopBackLeftMid", "U+135", 135, 30),
        ("TopBackRightMid", "U-135", -135, 30), ("LowFrequencyEffectsL", "LFEL", 45, -30),
        ("LowFrequencyEffectsR", "LFER", -45, -30), ("TopFrontLeftMid", "U+045", 45, 30),
        ("TopFrontRightMid", "U-045", -45, 30), ("FrontLeftScreen", "M+SC", 25, 0),
        ("FrontRightScreen", "M-SC", -25, 0), ("FrontLeftMid", "M+045", 45, 0), ("FrontRightMid", "M-045", -45, 0),
        ("UpperTopBackCentre", "UH+180", 180, 45),
    ]

    /// Loudspeaker packs by number: their names and the numbers of their channels (BS.2094-1 Table 2).
    private static let beds: [Int: (name: String, channels: [Int])] = [
        0x01: ("mono (0+1+0)", [3]), 0x02: ("stereo (0+2+0)", [1, 2]),
        0x03: ("5.1 (0+5+0)", [1, 2, 3, 4, 5, 6]), 0x04: ("7.1top (2+5+0)", [1, 2, 3, 4, 5, 6, 13, 15]),
        0x05: ("5.1.4 (4+5+0)", [1, 2, 3, 4, 5, 6, 13, 15, 16, 18]),
        0x07: ("10.2 (3+7+0)", [3, 1, 2, 34, 35, 10, 11, 28, 29, 40, 32, 33]),
        0x08: ("13.1 (4+9+0)", [1, 2, 3, 4, 10, 11, 28, 29, 34, 35, 30, 31, 36, 37]),
        0x09: (
            "22.2 (9+10+3)",
            [24, 25, 3, 32, 28, 29, 1, 2, 9, 33, 10, 11, 34, 35, 14, 12, 30, 31, 19, 20, 17, 21, 22, 23]
        ),
        0x0A: ("3.0 (0+3+0)", [1, 2, 3]), 0x0B: ("4.0 (0+4+0)", [1, 2, 3, 9]),
        0x0C: ("5.0 (0+5+0)", [1, 2, 3, 5, 6]), 0x0D: ("6.1 (0+6+0)", [1, 2, 3, 4, 5, 6, 9]),
        0x0E: ("7.1front (0+7+0)", [1, 2, 3, 4, 5, 6, 38, 39]),
        0x0F: ("7.1 (0+7+0)", [1, 2, 3, 4, 10, 11, 28, 29]),
        0x10: ("10.1 (4+5+1)", [1, 2, 3, 4, 5, 6, 13, 15, 16, 18, 21]),
        0x11: ("Auro-3D (9+9+0)", [1, 2, 3, 4, 5, 6, 10, 11, 26, 27, 13, 15, 14, 16, 18, 19, 20, 30, 31]),
        0x12: ("7.1 with screen (0+7+0)", [1, 2, 3, 4, 5, 6, 36, 37]),
        0x13: ("5.1.2 (2+5+0)", [1, 2, 3, 4, 5, 6, 19, 20]),
        0x14: ("5.1.2 with screen (2+7+0)", [1, 2, 3, 4, 5, 6, 19, 20, 36, 37]),
        0x15: ("5.1.4 with screen (4+7+0)", [1, 2, 3, 4, 5, 6, 13, 15, 16, 18, 36, 37]),
        // Channels 11 and 12, and not 10 and 11, are in the Recommendation's own file, which renderers read too.
        0x16: ("7.1.2 (2+7+0)", [1, 2, 3, 4, 11, 12, 28, 29, 19, 20]),
        0x17: ("7.1.4 (4+7+0)", [1, 2, 3, 4, 10, 11, 28, 29, 34, 35, 30, 31]),
    ]

    static func pack(_ id: String) -> ADMPack? {
        guard let (type, number) = parts(id, "AP_") else { return nil }
        let claim = ADMTypeClaim(definition: type.rawValue, label: type.label)
        switch type {
        case .directSpeakers:
            guard let bed = beds[number] else { return nil }
            return ADMPack(
                id: id, name: bed.name, claim: claim, channels: bed.channels.map { name("AC_", type, $0) }, packs: [])
        case .binaural where number == 1:
            return ADMPack(
                id: id, name: "binaural", claim: claim, channels: [1, 2].map { name("AC_", type, $0) }, packs: [])
        case .scene:
            guard let scene = CommonScenes.pack(number) else { return nil }
            return ADMPack(
                id: id, name: scene.name, claim: claim, channels: scene.channels.map { name("AC_", type, $0) },
                packs: [])
        default: return nil
        }
    }

    static func channel(_ id: String) -> ADMChannel? {
        guard let (type, number) = parts(id, "AC_") else { return nil }
        let claim = ADMTypeClaim(definition: type.rawValue, label: type.label)
        var block = ADMBlock()
        switch type {
        case .directSpeakers where 1...speakers.count ~= number:
            let speaker = speakers[number - 1]
            block.speakerLabels = [speaker.label]
            block.position = .polar(azimuth: speaker.azimuth, elevation: speaker.elevation, distance: 1)
            return ADMChannel(id: id, name: speaker.name, claim: claim, blocks: [block])
        case .binaural where 1...2 ~= number:
            return ADMChannel(id: id, name: number == 1 ? "LeftEar" : "RightEar", claim: claim, blocks: [block])
        case .scene where CommonScenes.hasChannel(number):
            return ADMChannel(id: id, name: "component \(number & 0xFF)", claim: claim, blocks: [block])
        default: return nil
        }
    }

    static func streamFormat(_ id: String) -> ADMLink? {
        guard let (type, number) = parts(id, "AS_") else { return nil }
        let target = name("AC_", type, number)
        return channel(target).map { ADMLink(id: id, references: [$0.id]) }
    }

    /// "AT_00010001_01": its stream has the same number.
    static func trackFormat(_ id: String) -> ADMLink? {
        guard let end = id.lastIndex(of: "_"), id.distance(from: end, to: id.endIndex) == 3,
            let (type, number) = parts(String(id[..<end]), "AT_"), streamFormat(name("AS_", type, number)) != nil
        else { return nil }
        return ADMLink(id: id, references: [name("AS_", type, number)])
    }

    private static func name(_ prefix: String, _ type: ADMType, _ number: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return prefix + type.label + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Numbers below 0x1000 are the common definitions' (BS.2076-2 section 6.2).
    private static func parts(_ id: String, _ prefix: String) -> (type: ADMType, number: Int)? {
        guard id.hasPrefix(prefix), id.utf8.count == prefix.utf8.count + 8, let type = ADMType(id: id),
            let number = Int(id.suffix(4), radix: 16), 1..<0x1000 ~= number
        else { return nil }
        return (type, number)
    }
}
