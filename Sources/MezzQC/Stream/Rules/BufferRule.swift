import MezzCore
import MezzFormats

/// The pictures arrive in time: through the bucket that the level allows, through the one that the stream names, and
/// through the one that the encoder was given.
enum BufferRule {
    /// How full encoders take the buffer to be when a stream begins (x264's and x265's `vbv-init`).
    private static let fullness = 0.9

    static func findings(_ stream: CodedStream, _ expectation: StreamExpectation) -> [Finding] {
        guard let description = stream.description else { return [] }
        var findings: [Finding] = []
        let limits = description.conformance.limits
        if let rate = limits?.bitRate, let bits = limits?.bufferBits,
            let late = worst(stream, LeakyBucket(rate: rate, size: bits))
        {
            let level = description.conformance.levelName
            findings.append(
                StreamRule.levelBitrate.finding(
                    "at level \(level), \(kilobits(rate)) through a buffer of \(kilobits(bits, "kbit")), "
                        + late.text, stream.name, picture: late.picture, seconds: late.seconds))
        }
        let given = expectation.bucket.map { (Double($0.rate), Double($0.bits), "the rung's") }
        let named = description.schedule.map {
            (Double($0.bitsPerSecond), Double($0.bufferBits), "the stream's own")
        }
        for (rate, bits, whose) in [given ?? named].compactMap(\.self) where findings.isEmpty {
            guard let late = worst(stream, LeakyBucket(rate: rate, size: bits, fullness: fullness)) else { continue }
            findings.append(
                StreamRule.bufferUnderflow.finding(
                    "through \(whose) buffer, \(kilobits(rate)) into \(kilobits(bits, "kbit")), \(late.text)",
                    stream.name, picture: late.picture, seconds: late.seconds))
        }
        return findings
    }

    /// Pictures that came too late.
    private struct Late {
        let picture: Int
        let seconds: Double
        let count: Int
        let bits: Double
        let rate: Double

        var text: String {
            let delay = Int((1000 * bits / rate).rounded(.up))
            return
                "\(count) picture\(count == 1 ? "" : "s") come\(count == 1 ? "s" : "") too late, the worst by \(delay) ms"
        }
    }

    /// The picture that is late by the most bits; `nil` when all are in time.
    private static func worst(_ stream: CodedStream, _ bucket: LeakyBucket) -> Late? {
        var bucket = bucket
        var worst: (picture: Int, bits: Double)?
        var count = 0
        for (number, picture) in stream.pictures.enumerated() {
            let missing = bucket.take(bits: picture.bits)
            // Bytes of lengths and delimiters are not the encoder's.
            if missing > 0.01 * bucket.size {
                count += 1
                if missing > worst?.bits ?? 0 { worst = (number, missing) }
            }
            bucket.fill(seconds: stream.seconds(Int(picture.duration)))
        }
        return worst.map { number, bits in
            let time = stream.pictures[number].decodeTime - stream.pictures[0].decodeTime
            return Late(picture: number, seconds: stream.seconds(time), count: count, bits: bits, rate: bucket.rate)
        }
    }

    private static func kilobits(_ bits: Double, _ unit: String = "kbps") -> String {
        "\(Int((bits / 1000).rounded())) \(unit)"
    }
}
