import MezzCore

/// Finds files that end before their own header says.
enum Completeness {
    /// - Throws: `Failure` with `input` when packets that the container promises are missing.
    static func check(
        _ stream: ProbeOutput.Stream, _ probe: ProbeOutput, _ timing: PacketTiming, path: String
    ) throws(Failure) {
        guard timing.packets > 0 else {
            throw SourceFile.refuse("has a picture track without pictures", path, "export the file again")
        }
        if let promised = stream.nbFrames.flatMap(Int.init), timing.packets < promised {
            throw truncated("\(timing.packets) of \(promised) pictures are there", path)
        }
        let start = Inspector.seconds(probe.format?.startTime)
        let length = timing.lastSeconds - start
        if timing.untimed == 0, let promised = probe.format?.duration.flatMap(Double.init), promised.isFinite,
            length < promised - max(1, promised * 0.02)
        {
            throw truncated("it ends at \(rounded(length)) s of \(rounded(promised)) s", path)
        }
    }

    private static func truncated(_ evidence: String, _ path: String) -> Failure {
        SourceFile.refuse("is cut off: \(evidence)", path, "copy the file again, or cut it on purpose before encoding")
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
}
