import MezzCore

/// Decides how the picture is read: size, rate and the filters between decoder and frame 0.
struct PictureReading {
    let stream: ProbeOutput.Stream
    let timing: PacketTiming
    let path: String
    /// Start of the file's clock, seconds.
    let fileStart: Double
    let hdr: HDRMetadata?
    let interlaced: SourceReading.Interlaced

    /// Smallest side that all three encoders take.
    static let minimumSide = 64
    /// Largest side: level 6.2 of AVC and HEVC ends near it.
    static let maximumSide = 8192
    /// Most frames of a title, nearly ten days of them: putting a hostile clock on a grid must come to an end.
    static let maximumFrames = 50_000_000

    func decide(_ findings: inout [Finding]) throws(Failure) -> VideoStreamInfo {
        guard let codec = stream.codecName, codec != "none" else {
            throw refuse("its picture codec is unknown to FFmpeg", "export to a codec that FFmpeg decodes")
        }
        let coded = Resolution(width: stream.width ?? 0, height: stream.height ?? 0)
        guard coded.width > 0, coded.height > 0 else {
            throw refuse("declares a picture of \(coded)", "export the file again")
        }
        var filters: [String] = []
        let isInterlaced = ["tt", "bb", "tb", "bt"].contains(stream.fieldOrder ?? "")
        if isInterlaced { try deinterlace(&filters, &findings) }
        let (rate, isVariable) = try frameRate(&findings)
        if isVariable { filters.append("fps=fps=\(rate)") }
        let expected = expectedFrames(rate, isVariable)
        guard expected <= Self.maximumFrames else {
            throw refuse("its clock spans \(expected) frames", "export the file again")
        }
        let display = try displaySize(coded, &filters, &findings)
        if isRGB || isGray { filters += lumaConversion }
        return VideoStreamInfo(
            stream: stream.index, codec: codec, coded: coded, display: display, frameRate: rate,
            pixelFormat: stream.pixFmt ?? "unknown", bitDepth: bitDepth, color: color, filters: filters,
            filtersLookBack: isInterlaced || isVariable, isVariableRate: isVariable,
            firstFrameSeconds: firstFrame(at: rate, onGrid: isVariable),
            expectedFrames: expected)
    }

    private func firstFrame(at rate: Rational, onGrid: Bool) -> Double {
        let start = (timing.times.first ?? Inspector.seconds(stream.startTime)) - fileStart
        return onGrid ? (start * rate.value).rounded() / rate.value : start
    }

    private func expectedFrames(_ rate: Rational, _ isVariable: Bool) -> Int {
        guard isVariable, let first = timing.times.first, let last = timing.times.last else { return timing.packets }
        return Int(((last - first) * rate.value).rounded()) + 1
    }

    private func deinterlace(_ filters: inout [String], _ findings: inout [Finding]) throws(Failure) {
        guard interlaced == .deinterlace else {
            throw refuse(
                "is interlaced (field order \(stream.fieldOrder ?? ""))",
                "deliver the progressive original, or allow de-interlacing with --interlaced deinterlace")
        }
        filters.append("bwdif=mode=send_frame:deint=interlaced")
        findings.append(
            Finding(
                "source.interlaced", .warning, "interlaced (field order \(stream.fieldOrder ?? "")); de-interlaced",
                place: place, remedy: "deliver the progressive original where there is one"))
    }

    /// The frame rate, and whether the source's clock had to be put on a grid.
    private func frameRate(_ findings: inout [Finding]) throws(Failure) -> (Rational, Bool) {
        let declared = [stream.avgFrameRate, stream.rFrameRate]
            .compactMap { $0.flatMap(Rational.init(text:)) }.filter { (0.01...300).contains($0.value) }
        if timing.untimed == 0, timing.times.count > 1 {
            if let constant = declared.reversed().map(Self.snapped).first(where: timing.isConstant) {
                return (constant, false)
            }
            if let average = averageRate(), timing.isConstant(at: average) { return (average, false) }
            guard let nominal = timing.nominalRate() else {
                throw refuse("its frames share one time stamp", "export the file again")
            }
            findings.append(
                Finding(
                    "source.variable-rate", .warning,
                    "variable frame rate; put on a constant \(nominal) frames/s grid", place: place,
                    remedy: "deliver a constant frame rate where there is one"))
            return (nominal, true)
        }
        guard let rate = declared.last else {
            throw refuse("declares no frame rate", "wrap it in a container that has one, e.g. MP4 or MXF")
        }
        return (Self.snapped(rate), false)
    }

    private func averageRate() -> Rational? {
        guard let first = timing.times.first, let last = timing.times.last, last > first else { return nil }
        return Self.snapped(Rational(Int64((Double(timing.times.count - 1) / (last - first) * 1000).rounded()), 1000))
    }

    /// The well-known rate within 0.05%, else the rate itself: containers round 30000/1001 in many ways.
    static func snapped(_ rate: Rational) -> Rational {
        let known = [
            (24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1),
            (100, 1), (120000, 1001), (120, 1),
        ].compactMap { Rational(Int64($0.0), Int64($0.1)) }
        return known.first { abs($0.value / rate.value - 1) < 0.000_5 } ?? rate
    }

    private static func snapped(_ rate: Rational?) -> Rational? { rate.map { snapped($0) } }

    private func displaySize(
        _ coded: Resolution, _ filters: inout [String], _ findings: inout [Finding]
    ) throws(Failure) -> Resolution {
        var size = stream.quarterTurns % 2 == 1 ? Resolution(width: coded.height, height: coded.width) : coded
        if let aspect = stream.sampleAspectRatio.flatMap(Rational.init(text:)), aspect.numerator > 0,
            aspect != Rational(1)
        {
            let value = stream.quarterTurns % 2 == 1 ? 1 / aspect.value : aspect.value
            let width = (Double(size.width) * value / 2).rounded() * 2
            guard width >= 2, width <= 65536 else {
                throw refuse("declares a pixel shape of \(aspect)", "export the file again")
            }
            size = Resolution(width: Int(width), height: size.height)
            filters.append("scale=\(size.width):\(size.height):flags=lanczos")
            filters.append("setsar=1")
        }
        let even = Resolution(width: size.width & ~1, height: size.height & ~1)
        if even != size {
            filters.append("crop=\(even.width):\(even.height):0:0:exact=1")
            findings.append(
                Finding(
                    "source.odd-size", .warning, "\(size) has an odd side; one line of samples is cropped",
                    place: place,
                    remedy: "4:2:0 needs even sides; deliver them where there is a choice"))
        }
        try Self.checkSides(even, path: path)
        return even
    }

    /// - Throws: `Failure` when a picture of `size` cannot be encoded.
    static func checkSides(_ size: Resolution, path: String) throws(Failure) {
        func refuse(_ what: String, _ remedy: String) -> Failure { SourceFile.refuse(what, path, remedy) }
        guard min(size.width, size.height) >= Self.minimumSide else {
            throw refuse(
                "\(size) is too small: the encoders need \(Self.minimumSide) samples a side", "scale it up first")
        }
        guard max(size.width, size.height) <= Self.maximumSide else {
            throw refuse("\(size) is too large: \(Self.maximumSide) samples a side at most", "scale it down first")
        }
    }

    /// Refuses colour tags that contradict each other: whichever is believed, the picture may come out wrong.
    func checkLight() throws(Failure) {
        let claims = HDRReading.metadata(stream.sideDataList ?? [])
        let isHigh = color.isHighDynamicRange
        if claims != nil, !isHigh, let transfer = color.transfer {
            throw refuse(
                "says both that it is SDR (transfer \(transfer)) and what display its HDR was graded on",
                "tag the transfer as smpte2084 if it is PQ, or remove the mastering display")
        }
        if isHigh, let primaries = color.primaries, primaries == "bt709" || primaries.hasPrefix("smpte170") {
            throw refuse(
                "is tagged as HDR (\(color.transfer ?? "")) in \(primaries) primaries, which HDR is not made in",
                "tag it with its real colours: HDR is bt2020, SDR has another transfer")
        }
        if isHigh, bitDepth < 10 {
            throw refuse(
                "is tagged as HDR (\(color.transfer ?? "")) with \(bitDepth) bit a sample, of which it needs 10",
                "tag it as the SDR that it is, or deliver the 10-bit master")
        }
    }

    private var bitDepth: Int {
        var format = (stream.pixFmt ?? "")[...]
        if format.hasPrefix("nv") { return format.hasPrefix("nv20") ? 10 : 8 }
        if format.hasSuffix("le") || format.hasSuffix("be") { format = format.dropLast(2) }
        let digits = format.reversed().prefix { $0.isNumber }.count
        // "p010", "p416", "y212": the subsampling stands before the depth.
        let isPacked = digits == 3 && ["p", "y"].contains(format.dropLast(3))
        switch Int(format.suffix(isPacked ? 2 : digits)) {
        case 32 where format.hasSuffix("f32"), 48, 64, 96, 128: return 16
        // "xv30" and "xv36" count the bits of three samples.
        case 30: return 10
        case 36: return 12
        case .some(let depth) where (9...16).contains(depth): return depth
        // "yuv420p", "rgb24" and "rgb565" are 8 bit or less.
        default: return 8
        }
    }

    /// As the frames are after the filters.
    private var color: ColorDescription {
        func known(_ value: String?) -> String? { value == "unknown" || value == "reserved" ? nil : value }
        return ColorDescription(
            primaries: known(stream.colorPrimaries), transfer: known(stream.colorTransfer),
            matrix: isRGB ? lumaMatrix : known(stream.colorSpace),
            range: isRGB || isGray ? "tv" : known(stream.colorRange), hdr: hdr)
    }

    private var isRGB: Bool {
        let format = stream.pixFmt ?? ""
        return stream.colorSpace == "gbr" || format == "pal8" || ["rgb", "bgr", "gbr"].contains(where: format.contains)
    }

    private var isGray: Bool { ["gray", "mono", "ya"].contains { stream.pixFmt?.hasPrefix($0) ?? false } }

    private var lumaMatrix: String { stream.colorPrimaries == "bt2020" ? "bt2020nc" : "bt709" }

    /// The encoders take luma and chroma: one conversion for all readers, to a matrix and a range that are declared.
    private var lumaConversion: [String] {
        let depth = bitDepth > 12 ? "p16le" : bitDepth > 10 ? "p12le" : bitDepth > 8 ? "p10le" : "p"
        guard isRGB else { return ["scale=out_range=tv", "format=yuv420\(depth)"] }
        let matrix = lumaMatrix == "bt2020nc" ? "bt2020" : lumaMatrix
        return [
            "scale=out_color_matrix=\(matrix):out_range=tv:flags=accurate_rnd+full_chroma_int", "format=yuv444\(depth)",
        ]
    }

    private var place: Finding.Place { Finding.Place(stream: String(stream.index)) }

    private func refuse(_ what: String, _ remedy: String) -> Failure {
        SourceFile.refuse(what, path, remedy)
    }
}
