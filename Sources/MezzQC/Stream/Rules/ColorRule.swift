import MezzCore
import MezzFormats

/// Colour and HDR signalling makes sense and is the same in the stream and in its container.
enum ColorRule {
    /// Code points of ITU-T H.273.
    private enum Point {
        static let unspecified = 2
        static let bt709 = 1
        static let bt2020 = 9
        static let pq = 16
        static let hlg = 18
        static let identity = 0
    }

    static func findings(_ stream: CodedStream, _ expectation: StreamExpectation) -> [Finding] {
        // The last description has seen all messages.
        guard let description = stream.descriptions.last?.1 else { return [] }
        return contradictions(description, stream.name) + missing(stream, description)
            + container(stream, description) + (expectation.boxesHDR ? unboxed(stream, description) : [])
    }

    private static func contradictions(_ description: StreamDescription, _ name: String) -> [Finding] {
        let signal = description.signal
        let isHDR = signal.transfer == Point.pq || signal.transfer == Point.hlg
        var problems: [String] = []
        if isHDR, description.bitDepth < 10 {
            problems.append("\(curve(signal.transfer)) in \(description.bitDepth) bits: it needs 10")
        }
        if isHDR, signal.primaries != Point.bt2020, signal.primaries != Point.unspecified, signal.primaries != 12 {
            problems.append("\(curve(signal.transfer)) with primaries \(signal.primaries): HDR is BT.2020 or P3-D65")
        }
        if signal.matrix == Point.identity, description.chromaFormat != 3, description.chromaFormat != 0 {
            problems.append("matrix 0 (RGB) with subsampled chroma")
        }
        if signal.transfer == Point.bt709, description.masteringDisplay != nil, signal.primaries == Point.bt709 {
            problems.append("a mastering display of HDR on BT.709 colours: HDR flagged as SDR")
        }
        if let light = description.contentLight, light.maxPictureAverage > light.maxContentLevel,
            light.maxContentLevel > 0
        {
            problems.append(
                "MaxFALL \(light.maxPictureAverage) is above MaxCLL \(light.maxContentLevel): no average exceeds its maximum"
            )
        }
        if let display = description.masteringDisplay, display.minLuminance >= display.maxLuminance {
            problems.append("the mastering display's black is not darker than its white")
        }
        return problems.map { StreamRule.colorContradiction.finding("the stream signals \($0)", name) }
    }

    /// Either the stream or its container tells what a PQ title was graded on.
    private static func missing(_ stream: CodedStream, _ description: StreamDescription) -> [Finding] {
        guard description.signal.transfer == Point.pq, description.masteringDisplay == nil,
            stream.entry?.video?.masteringDisplay == nil
        else { return [] }
        return [StreamRule.hdrMissing.finding("a PQ stream that does not tell its mastering display", stream.name)]
    }

    /// Players that choose by the container alone must see what the stream says. The other way round, figures of the
    /// container that the stream lacks are nobody's loss.
    private static func unboxed(_ stream: CodedStream, _ description: StreamDescription) -> [Finding] {
        guard let video = stream.entry?.video else { return [] }
        let isHDR = description.signal.transfer == Point.pq || description.signal.transfer == Point.hlg
        let lacks = [
            ("colr", isHDR && video.color == nil),
            ("mdcv", description.masteringDisplay != nil && video.masteringDisplay == nil),
            ("clli", description.contentLight != nil && video.contentLight == nil),
        ].filter(\.1).map(\.0)
        guard !lacks.isEmpty else { return [] }
        return [
            StreamRule.hdrContainer.finding(
                "the container has no \(lacks.joined(separator: " and no ")), the stream has what belongs there",
                stream.name)
        ]
    }

    private static func container(_ stream: CodedStream, _ description: StreamDescription) -> [Finding] {
        guard let video = stream.entry?.video else { return [] }
        var findings: [Finding] = []
        if let color = video.color {
            let said = VideoSignal(
                primaries: color.primaries, transfer: color.transfer, matrix: color.matrix,
                isFullRange: color.isFullRange ?? description.signal.isFullRange)
            if !agree(said, description.signal) {
                findings.append(
                    StreamRule.colorContainer.finding(
                        "the container says \(text(said)), the stream \(text(description.signal))", stream.name))
            }
        }
        let size = description.size
        if video.width != size.width || video.height != size.height {
            findings.append(
                StreamRule.colorContainer.finding(
                    "the container says \(video.width)x\(video.height), the stream \(size)", stream.name))
        }
        return findings + hdr(video, description, stream.name)
    }

    private static func hdr(
        _ video: VideoDescription, _ description: StreamDescription, _ name: String
    ) -> [Finding] {
        var findings: [Finding] = []
        if let boxed = video.masteringDisplay, let coded = description.masteringDisplay, !agree(boxed, coded) {
            findings.append(
                StreamRule.hdrContainer.finding("mdcv and the stream tell two different mastering displays", name))
        }
        if let boxed = video.contentLight, let coded = description.contentLight,
            boxed.max != coded.maxContentLevel || boxed.average != coded.maxPictureAverage
        {
            findings.append(
                StreamRule.hdrContainer.finding(
                    "clli says \(boxed.max) and \(boxed.average) cd/m², the stream \(coded.maxContentLevel) and "
                        + "\(coded.maxPictureAverage)", name))
        }
        return findings
    }

    /// What one side leaves open cannot contradict the other.
    private static func agree(_ left: VideoSignal, _ right: VideoSignal) -> Bool {
        func same(_ a: Int, _ b: Int) -> Bool { a == b || a == Point.unspecified || b == Point.unspecified }
        return same(left.primaries, right.primaries) && same(left.transfer, right.transfer)
            && same(left.matrix, right.matrix) && left.isFullRange == right.isFullRange
    }

    /// AV1 counts in other units than `mdcv`: a unit of rounding on each.
    private static func agree(_ boxed: ContainerMasteringDisplay, _ coded: MasteringDisplay) -> Bool {
        let points = boxed.primaries + [boxed.whitePoint]
        // The box has green first, as the message has.
        let expected = [coded.green, coded.blue, coded.red, coded.white]
        guard points.count == expected.count else { return false }
        let isSameGamut = zip(points, expected).allSatisfy { abs($0.x - $1.x) <= 1 && abs($0.y - $1.y) <= 1 }
        return isSameGamut && abs(boxed.maxLuminance - coded.maxLuminance) <= 40
            && abs(boxed.minLuminance - coded.minLuminance) <= 1
    }

    private static func curve(_ transfer: Int) -> String { transfer == Point.pq ? "PQ" : "HLG" }

    private static func text(_ signal: VideoSignal) -> String {
        "\(signal.primaries)-\(signal.transfer)-\(signal.matrix)\(signal.isFullRange ? " full" : "") (H.273)"
    }
}
