import MezzCore

/// What keeps a stream from passing.
enum StreamProblems {
    /// Where it is not what was asked for, or not what its level allows.
    static func found(
        _ stream: CertificationStream, _ verdict: StreamVerdict, _ level: CertificationLevel
    ) -> [String] {
        let deliberate = stream.purpose.deliberate
        let codes = Set(verdict.findings.map(\.code))
        var problems = codes.subtracting(deliberate).sorted().map { "the analyser found \($0)" }
        problems += deliberate.subtracting(codes).sorted().map { "the analyser should have found \($0)" }
        if verdict.level != level.name { problems.append("the stream names level \(verdict.level)") }
        if verdict.frames != stream.frames {
            problems.append("it has \(verdict.frames) pictures, not \(stream.frames)")
        }
        return problems + shape(stream, verdict) + extremes(stream, verdict)
    }

    private static func shape(_ stream: CertificationStream, _ verdict: StreamVerdict) -> [String] {
        var problems: [String] = []
        if verdict.sizes != stream.sizes {
            problems.append("its pictures are \(verdict.sizes.map(\.description).joined(separator: ", then "))")
        }
        let tiles = [verdict.tileColumns - stream.tileColumns, verdict.tileRows - stream.tileRows]
        // An encoder may divide a large picture further than it must.
        if stream.purpose == .tiles ? tiles != [0, 0] : tiles.contains(where: { $0 < 0 }) {
            problems.append("it has \(verdict.tileColumns)x\(verdict.tileRows) tiles")
        }
        if verdict.slices != stream.slices { problems.append("it has \(verdict.slices) slice segments a picture") }
        return problems
    }

    private static func extremes(_ stream: CertificationStream, _ verdict: StreamVerdict) -> [String] {
        var problems: [String] = []
        if verdict.keyFrames != stream.sizes.count { problems.append("it has \(verdict.keyFrames) key frames") }
        if let kept = verdict.bufferedPictures, kept < stream.references {
            problems.append("it keeps \(kept) pictures, not \(stream.references)")
        }
        let grain = stream.purpose == .filmGrain ? stream.frames : 0
        if verdict.grainFrames != grain { problems.append("\(verdict.grainFrames) pictures have film grain") }
        if let asked = stream.hdr, verdict.hdr?.matches(asked) != true {
            problems.append("its mastering display or light levels are not those it was given")
        }
        return problems
    }

    /// Where decoders do not make the same `frames` pictures of it.
    static func found(_ decoders: [DecodedStream], frames: Int) -> [String] {
        guard !decoders.isEmpty else { return ["no decoder was found"] }
        var problems = decoders.compactMap { result -> String? in
            let name = result.decoder.rawValue
            guard let count = result.frames else {
                return result.limit == nil ? "\(name) cannot decode it: \(result.failure ?? "it did not say why")" : nil
            }
            return count == frames ? nil : "\(name) makes \(count) pictures of it, not \(frames)"
        }
        if Set(decoders.compactMap(\.pictures)).count > 1 { problems.append("the decoders' pictures differ") }
        if decoders.allSatisfy(\.hasFailed), problems.isEmpty { problems.append("no decoder holds it") }
        return problems
    }
}
