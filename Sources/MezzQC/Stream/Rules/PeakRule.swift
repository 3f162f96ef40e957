import MezzCore

/// No two seconds take much more than the average: players choose rungs by what they are told of them.
enum PeakRule {
    /// Seconds over which the rate is taken.
    private static let window = 2.0

    static func findings(_ stream: CodedStream, _ expectation: StreamExpectation) -> [Finding] {
        guard stream.seconds > 2 * window, let first = stream.pictures.first else { return [] }
        let (average, peak, picture) = busiest(stream)
        let ratio = peak / max(average, 1)
        guard ratio > expectation.peak else { return [] }
        let seconds = stream.seconds(stream.pictures[picture].decodeTime - first.decodeTime)
        let tenths = Int((ratio * 10).rounded())
        return [
            StreamRule.peakRate.finding(
                "two seconds take \(tenths / 10).\(tenths % 10) times the average of \(Int(average / 1000)) kbps",
                stream.name, picture: picture, seconds: seconds)
        ]
    }

    /// Bits a second, of the whole and of the busiest two seconds, and the picture with which these begin.
    static func busiest(_ stream: CodedStream) -> (average: Double, peak: Double, picture: Int) {
        guard stream.seconds > 0 else { return (0, 0, 0) }
        let average = stream.pictures.reduce(0) { $0 + $1.bits } / stream.seconds
        guard stream.seconds > window else { return (average, average, 0) }
        var (bits, opening) = (0.0, 0)
        var worst = (bits: 0.0, picture: 0)
        for (number, picture) in stream.pictures.enumerated() {
            bits += picture.bits
            let end = picture.decodeTime + Int(picture.duration)
            while opening < number, stream.seconds(end - stream.pictures[opening].decodeTime) > window {
                bits -= stream.pictures[opening].bits
                opening += 1
            }
            if bits > worst.bits { worst = (bits, opening) }
        }
        return (average, worst.bits / window, worst.picture)
    }
}
