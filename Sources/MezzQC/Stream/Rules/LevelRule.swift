import MezzCore
import MezzFormats

/// Picture size, rates, buffers and tiles are within the limits of the level that the stream names.
enum LevelRule {
    static func findings(_ stream: CodedStream) -> [Finding] {
        stream.descriptions.flatMap { from, description -> [Finding] in
            guard let limits = description.conformance.limits else {
                return [
                    StreamRule.levelUnknown.finding(
                        "the stream names level \(description.conformance.levelName), which \(description.codec.rawValue) "
                            + "does not have", stream.name, picture: from)
                ]
            }
            return Check(stream: stream, from: from, description: description, limits: limits).findings
        }
    }

    private struct Check {
        let stream: CodedStream
        let from: Int
        let description: StreamDescription
        let limits: LevelLimits

        var findings: [Finding] { picture + rates + buffers + tiles }

        private func finding(_ rule: StreamRule, _ what: String, _ limit: String) -> Finding {
            let name = "level \(description.conformance.levelName)"
            let fitting = SmallestLevel(stream, description).text
            return rule.finding("\(what); \(name) allows \(limit): \(fitting)", stream.name, picture: from)
        }

        private var picture: [Finding] {
            let size = description.codedSize
            let isTooLong = size.width > limits.longestSide.width || size.height > limits.longestSide.height
            guard isTooLong || size.pixels > limits.pictureSamples else { return [] }
            return [
                finding(
                    .levelPicture, "the picture has \(size) samples",
                    "\(limits.pictureSamples) and sides of \(limits.longestSide.width) and \(limits.longestSide.height)"
                )
            ]
        }

        private var rates: [Finding] {
            let pixels = Double(description.codedSize.pixels)
            let (pictureRate, headerRate, slack) = (stream.pictureRate, stream.headerRate, LevelLimits.slack)
            var findings: [Finding] = []
            if pixels * pictureRate > limits.sampleRate * slack {
                let rate = Int(pixels * pictureRate)
                findings.append(
                    finding(.levelRate, "\(rate) luma samples a second are shown", "\(Int(limits.sampleRate))"))
            } else if pixels * headerRate > limits.decodeRate * slack {
                let rate = Int(pixels * headerRate)
                findings.append(
                    finding(.levelRate, "\(rate) luma samples a second are decoded", "\(Int(limits.decodeRate))"))
            }
            if let most = limits.headerRate, headerRate > most * slack {
                findings.append(finding(.levelRate, "\(Int(headerRate)) frame headers a second", "\(Int(most))"))
            }
            return findings
        }

        private var buffers: [Finding] {
            guard let most = limits.bufferedPictures, let asked = description.bufferedPictures, asked > most else {
                return []
            }
            return [finding(.levelBuffer, "the stream has \(asked) pictures kept", "\(most) at this size")]
        }

        private var tiles: [Finding] {
            var findings: [Finding] = []
            let (columns, rows) = (description.tileColumns, description.tileRows)
            if let most = limits.tileColumns, columns > most {
                findings.append(finding(.levelTiles, "there are \(columns) columns of tiles", "\(most)"))
            }
            if let most = limits.tileRows, rows > most {
                findings.append(finding(.levelTiles, "there are \(rows) rows of tiles", "\(most)"))
            }
            if let most = limits.tiles, columns * rows > most {
                findings.append(finding(.levelTiles, "there are \(columns * rows) tiles", "\(most)"))
            }
            return findings
        }
    }
}
