import MezzCore

/// Pictures are shown one after the other without a hole, and decoding goes on without one.
enum TimingRule {
    private static let most = 5

    static func findings(_ stream: CodedStream) -> [Finding] {
        guard let first = stream.pictures.first else { return [] }
        var findings: [Finding] = []
        var expected = first.decodeTime
        for (number, picture) in stream.pictures.enumerated() {
            if picture.decodeTime != expected, findings.count < most {
                findings.append(place(.timeOrder, "decoding \(jump(picture.decodeTime - expected))", number, stream))
            }
            expected = picture.decodeTime + Int(picture.duration)
        }
        return findings + shown(stream) + start(stream)
    }

    /// In display order: each picture lasts until the next.
    private static func shown(_ stream: CodedStream) -> [Finding] {
        let order = stream.pictures.indices.sorted {
            (stream.pictures[$0].presentationTime, $0) < (stream.pictures[$1].presentationTime, $1)
        }
        var findings: [Finding] = []
        for (earlier, later) in zip(order, order.dropFirst()) where findings.count < most {
            let distance = stream.pictures[later].presentationTime - stream.pictures[earlier].presentationTime
            if distance == 0 {
                findings.append(place(.timeOrder, "two pictures are shown at one time", later, stream))
            } else if distance > Int(stream.pictures[earlier].duration) + 1 {
                findings.append(place(.timeGap, "nothing is shown \(jump(distance))", earlier, stream))
            }
        }
        return findings
    }

    /// The presentation begins with the first picture.
    private static func start(_ stream: CodedStream) -> [Finding] {
        let earliest = stream.pictures.lazy.map(\.presentationTime).min() ?? 0
        let offset = earliest - (stream.presentationStart ?? 0)
        // A tick of rounding when the packager changes clocks.
        guard abs(offset) > 1 else { return [] }
        return [
            StreamRule.timeStart.finding(
                offset > 0
                    ? "the first picture is shown \(offset) ticks after the track begins"
                    : "the edit list cuts \(-offset) ticks off the first picture", stream.name, picture: 0)
        ]
    }

    private static func jump(_ ticks: Int) -> String {
        ticks > 0 ? "for \(ticks) ticks" : "jumps back by \(-ticks) ticks"
    }

    private static func place(_ rule: StreamRule, _ message: String, _ number: Int, _ stream: CodedStream) -> Finding {
        let time = stream.pictures[number].presentationTime - (stream.presentationStart ?? 0)
        return rule.finding(message, stream.name, picture: number, seconds: stream.seconds(time))
    }
}
