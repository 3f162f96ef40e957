import MezzCore
import MezzFormats

/// The pictures arrive in time: through the bucket that the level allows, through the one that the stream names, and
/// through the one that the encoder was given.
enum BufferRule {
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
                        + "\(late.text): \(SmallestLevel(stream, description).text)", stream.name,
                    picture: late.picture, seconds: late.seconds))
        }
        let given = expectation.bucket.map { (Double($0.rate), Double($0.bits), "the rung's") }
        let named = description.schedule.map {
            (Double($0.bitsPerSecond), Double($0.bufferBits), "the stream's own")
        }
        for (rate, bits, whose) in [given ?? named].compactMap(\.self) where findings.isEmpty {
            guard let late = worst(stream, LeakyBucket(rate: rate, size: bits, fullness: BufferPace.usualFullness))
            else { continue }
            findings.append(
                StreamRule.bufferUnderflow.finding(
                    "through \(whose) buffer, \(kilobits(rate)) into \(kilobits(bits, "kbit")), \(late.text)",
                    stream.name, picture: late.picture, seconds: late.seconds))
        }
        return findings
    }

    /// Whether all pictures come in time through the bucket of a level; `true` when it has none.
    static func isInTime(_ stream: CodedStream, _ limits: LevelLimits) -> Bool {
        guard let rate = limits.bitRate, let bits = limits.bufferBits else { return true }
        return worst(stream, LeakyBucket(rate: rate, size: bits)) == nil
    }

    /// Pictures that came too late.
    private struct Late {
        /// Where the stretch begins in which it is worst.
        let picture: Int
        let seconds: Double
        let count: Int
        let bits: Double
        let rate: Double

        var text: String {
            let delay = Int((1000 * bits / rate).rounded(.up))
            return "\(count == 1 ? "1 picture comes" : "\(count) pictures come") too late, the worst by \(delay) ms"
        }
    }

    /// The stretch with the picture that is late by the most bits; `nil` when all are in time.
    private static func worst(_ stream: CodedStream, _ bucket: LeakyBucket) -> Late? {
        var bucket = bucket
        var worst: (stretch: Int, bits: Double)?
        var stretch: Int?
        var count = 0
        for (number, picture) in stream.pictures.enumerated() {
            let missing = bucket.take(bits: picture.bits)
            if missing == 0 { stretch = nil }
            if missing > BufferPace.tolerance * bucket.size {
                count += 1
                let begin = stretch ?? number
                stretch = begin
                if missing > worst?.bits ?? 0 { worst = (begin, missing) }
            }
            // A rate that rounding makes a little higher must not add up over hours.
            bucket.fill(seconds: LevelLimits.slack * stream.seconds(Int(picture.duration)))
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
