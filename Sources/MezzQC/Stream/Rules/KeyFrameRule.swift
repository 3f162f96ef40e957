import MezzCore
import MezzFormats

/// Key frames stand where they were planned, open closed groups of pictures, and are what the container says.
enum KeyFrameRule {
    /// Findings of one kind beyond which the rest is only counted.
    private static let most = 5

    static func findings(_ stream: CodedStream, _ expectation: StreamExpectation) -> [Finding] {
        var findings = plan(stream, expectation)
        findings += listed(.keyFrameFlag, stream) { picture in
            let isEntry = picture.access != .none
            let isSync = picture.traits.contains(.isSync)
            guard isEntry != isSync, picture.access == .none || isSync || picture.isClosedEntry else { return nil }
            return isSync
                ? "the container says that decoding can start here, the picture's headers say that it cannot"
                : "decoding could start here, but the container does not say so"
        }
        findings += listed(.keyFrameOpen, stream) { picture in
            if picture.leading == .rasl { return "the picture needs what came before its key frame: an open group" }
            return picture.access == .cra || picture.access == .bla
                ? "the key frame is no IDR picture: what follows may refer to what came before" : nil
        }
        if let first = stream.pictures.first, !first.isClosedEntry {
            findings.append(
                StreamRule.keyFrameMissing.finding(
                    "the stream does not begin with a key frame", stream.name, picture: 0))
        }
        return findings
    }

    private static func plan(_ stream: CodedStream, _ expectation: StreamExpectation) -> [Finding] {
        guard let planned = expectation.keyFrames else { return [] }
        let found = Set(stream.pictures.indices.filter { stream.pictures[$0].isClosedEntry })
        // Planned in display order; a closed group's key frame has the same number in decoding order.
        let missing = planned.filter { !found.contains($0) }
        let extra = found.subtracting(planned).sorted()
        return missing.prefix(most).map {
            place(.keyFrameMissing, "the segment plan asks for a key frame here (\(missing.count) missing)", $0, stream)
        }
            + extra.prefix(most).map {
                place(.keyFrameExtra, "a key frame that was not planned (\(extra.count) of them)", $0, stream)
            }
    }

    private static func listed(
        _ rule: StreamRule, _ stream: CodedStream, _ problem: (StreamPicture) -> String?
    ) -> [Finding] {
        var found: [Finding] = []
        for (number, picture) in stream.pictures.enumerated() where found.count < most {
            if let message = problem(picture) { found.append(place(rule, message, number, stream)) }
        }
        return found
    }

    private static func place(
        _ rule: StreamRule, _ message: String, _ number: Int, _ stream: CodedStream
    ) -> Finding {
        guard stream.pictures.indices.contains(number) else {
            return rule.finding(message, stream.name, picture: number)
        }
        let time = stream.pictures[number].presentationTime - (stream.presentationStart ?? 0)
        return rule.finding(message, stream.name, picture: number, seconds: stream.seconds(time))
    }
}
