import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzWorkflow

/// Writes the package's media and manifests.
struct PackageStage: Stage {
    static let kind = "package"
    static let revision = 2
    static let tools: [Tool] = [.packager]

    struct Track: Codable, Sendable {
        let id: String
        let isVideo: Bool
        /// Number of the input that holds the track.
        let input: Int
        let language: String?
        let isDefault: Bool
        /// Which key encrypts it, in a protected package.
        let keyLabel: KeyLabel
    }

    struct Parameters: Codable, Sendable {
        let tracks: [Track]
        let segmentSeconds: Double
        let segmented: Bool
    }

    struct Output: Codable, Sendable {
        let segments: [String: [PackagedSegment]]
    }

    /// ISO 639-2's bibliographic codes, which Matroska and MPEG-TS carry, by the ones that BCP 47 knows.
    private static let terminologic = [
        "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
        "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas",
        "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym",
    ]

    /// The tag when its language is one of ISO 639; the packager refuses others, "und" too.
    private static func known(_ tag: String) -> String? {
        let first = String(tag.prefix { $0 != "-" }).lowercased()
        let code = terminologic[first] ?? first
        let isKnown = Locale.LanguageCode.isoLanguageCodes.contains {
            $0.identifier(.alpha2) == code || $0.identifier(.alpha3) == code
        }
        return isKnown && code != "und" ? code + tag.dropFirst(first.count) : nil
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        try await Self.package(work.parameters, work)
    }

    /// - Parameter keys: Encrypt with them.
    static func package<Other>(
        _ parameters: Parameters, _ work: Work<Other>, keys: KeyRing? = nil
    ) async throws -> StageResult<Output> {
        var tracks: [PackageTrack] = []
        for (number, track) in parameters.tracks.enumerated() {
            guard let artifact = work.context.inputs[track.input].artifacts.first else { continue }
            let name = "track-\(number).mp4"
            try await work.stage(artifact, as: name)
            tracks.append(
                PackageTrack(
                    id: track.id, kind: track.isVideo ? .video : .audio, file: work.folder + "/" + name,
                    language: track.language.flatMap(known), isDefault: track.isDefault, name: track.id,
                    channels: track.isVideo ? nil : 2, keyLabel: track.keyLabel))
        }
        let folder = work.folder + "/package"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let listing = try await Packager(runner: work.runner).package(
            tracks, segmentSeconds: parameters.segmentSeconds, layout: parameters.segmented ? .segmented : .onDemand,
            keys: keys,
            into: folder)
        return StageResult(
            output: Output(segments: listing.segments), files: listing.files.map { ($0, folder + "/" + $0) })
    }
}
