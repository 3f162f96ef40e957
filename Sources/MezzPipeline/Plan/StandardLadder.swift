import MezzCore

/// The standard ladder: nominal heights and AVC bitrates; HEVC takes 0.6 of them, AV1 half.
enum StandardLadder {
    static let avcKilobits: [(height: Int, kilobits: Int)] = [
        (240, 300), (360, 600), (480, 1000), (720, 2500), (1080, 5000), (2160, 20000),
    ]

    static func factor(_ codec: CodecFamily) -> Double {
        switch codec {
        case .avc: 1
        case .hevc: 0.6
        case .av1: 0.5
        }
    }

    /// Smallest side that all encoders take.
    private static let smallestSide = 64

    struct Entry: Hashable {
        let resolution: Resolution
        let bps: Double
    }

    /// The rungs for a picture, smallest first, never above its size. A picture (or limit) under the smallest height
    /// gets one rung of its own size, its bitrate scaled by area.
    static func entries(for display: Resolution, codec: CodecFamily, maximumHeight: Int?) -> [Entry] {
        let limit = maximumHeight ?? .max
        let short = min(display.width, display.height)
        let long = max(display.width, display.height)
        let fitting = avcKilobits.filter { entry in
            let size = display.fitted(nominalHeight: entry.height)
            return entry.height <= limit && (entry.height <= short || entry.height * 16 / 9 <= long)
                && min(size.width, size.height) >= smallestSide
        }
        guard !fitting.isEmpty else {
            let smallest = avcKilobits[0]
            let size = maximumHeight.map { display.fitted(nominalHeight: $0) } ?? display
            let area = Double(size.pixels) / (Double(smallest.height * smallest.height) * 16 / 9)
            return [Entry(resolution: size, bps: Double(smallest.kilobits) * 1000 * min(1, area) * factor(codec))]
        }
        var entries: [Entry] = []
        for rung in fitting {
            let entry = Entry(
                resolution: display.fitted(nominalHeight: rung.height),
                bps: Double(rung.kilobits) * 1000 * factor(codec))
            if entries.last?.resolution == entry.resolution { entries.removeLast() }
            entries.append(entry)
        }
        return entries
    }
}

/// The sizes an optimised ladder chooses from.
enum CandidateResolutions {
    private static let heights = [2160, 1440, 1080, 720, 540, 360, 240]

    /// The source's own size (or the limit's) and the usual heights below it, largest first. Sizes closer than a
    /// tenth of the height are one.
    static func sizes(for display: Resolution, maximumHeight: Int?, most: Int) -> [Resolution] {
        let top = maximumHeight.map { display.fitted(nominalHeight: $0) } ?? display
        var sizes = [top]
        for height in heights {
            let size = display.fitted(nominalHeight: height)
            guard let last = sizes.last, Double(size.height) < 0.9 * Double(last.height), sizes.count < most,
                min(size.width, size.height) >= 64
            else { continue }
            sizes.append(size)
        }
        return sizes
    }
}
