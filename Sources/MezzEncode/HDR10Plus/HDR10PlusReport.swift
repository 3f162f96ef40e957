/// Reads HDR10+ metadata out of ffprobe's report on frames, line by line.
struct HDR10PlusReport {
    /// Frames reported so far.
    private(set) var frames = 0
    /// The first frame without metadata.
    private(set) var firstWithout: Int?

    private var line: [UInt8] = []
    /// Whether the lines are about HDR10+.
    private var isInside = false
    private var values: [String: [Int]] = [:]
    private var last: HDR10PlusFrame?

    /// Bytes of a line, and values of a frame, that are kept: ours are shorter and fewer.
    private static let longestLine = 200
    private static let mostValues = 64
    private static let title = "side_data_type=HDR Dynamic Metadata SMPTE2094-40 (HDR10+)"

    /// Gives each frame's metadata to `take`; frames without are only counted.
    mutating func append(_ bytes: UnsafeRawBufferPointer, _ take: (HDR10PlusFrame) throws -> Void) rethrows {
        for byte in bytes {
            if byte != UInt8(ascii: "\n") {
                if line.count < Self.longestLine { line.append(byte) }
                continue
            }
            let text = String(decoding: line, as: UTF8.self)
            line.removeAll(keepingCapacity: true)
            if let frame = read(text) { try take(frame) }
        }
    }

    private mutating func read(_ text: String) -> HDR10PlusFrame? {
        switch text {
        case "[FRAME]": values = [:]
        case Self.title: isInside = true
        case "[/SIDE_DATA]": isInside = false
        case "[/FRAME]":
            defer { frames += 1 }
            guard let frame = frame() else {
                firstWithout = firstWithout ?? frames
                return nil
            }
            last = frame
            return frame
        default:
            let parts = text.split(separator: "=", maxSplits: 1)
            guard isInside, parts.count == 2, let number = Int(parts[1].prefix { $0 != "/" }) else { return nil }
            let name = String(parts[0])
            if values[name, default: []].count < Self.mostValues { values[name, default: []].append(number) }
        }
        return nil
    }

    /// What the lines since the frame's beginning say; `nil` where something is missing. A stream does not tell its
    /// scenes: a new one begins where anything changes.
    private func frame() -> HDR10PlusFrame? {
        guard let average = values["average_maxrgb"]?.first, let windows = values["num_windows"]?.first,
            let largest = values["maxscl"], let target = values["targeted_system_display_maximum_luminance"]?.first
        else { return nil }
        var frame = HDR10PlusFrame(
            curve: curve,
            luminance: HDR10PlusFrame.Luminance(
                average: average,
                distribution: HDR10PlusFrame.Luminance.Distribution(
                    index: values["distribution_maxrgb_percentage"] ?? [],
                    values: values["distribution_maxrgb_percentile"] ?? []),
                largest: largest),
            windows: windows, frameInScene: 0, scene: 0, frame: frames, targetLuminance: target)
        if let last {
            let isSame =
                last.curve == frame.curve && last.luminance == frame.luminance
                && last.targetLuminance == frame.targetLuminance
            frame.scene = isSame ? last.scene : last.scene + 1
            frame.frameInScene = isSame ? last.frameInScene + 1 : 0
        }
        return frame
    }

    private var curve: HDR10PlusFrame.Curve? {
        guard let x = values["knee_point_x"]?.first, let y = values["knee_point_y"]?.first else { return nil }
        return HDR10PlusFrame.Curve(anchors: values["bezier_curve_anchors"] ?? [], kneeX: x, kneeY: y)
    }
}
