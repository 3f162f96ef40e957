/// What the rules of CMAF (ISO/IEC 23000-19) ask of a track file or of a segment with its initialization.
package struct CMAFFacts: Hashable, Sendable {
    /// The same of one fragment (7.3.2.3, 7.5.16 to 7.5.20).
    package struct FragmentFacts: Hashable, Sendable {
        /// Place of `moof` in the file.
        package let start: Int
        /// `mdat` follows `moof` at once.
        package let isPair: Bool
        package let hasOneTrack: Bool
        package let hasDecodeTime: Bool
        /// Places are counted from `moof`, by its flag, and not from the file's beginning.
        package let countsFromMoof: Bool
        package let startsWithSync: Bool
        /// All samples lie in the `mdat` that follows.
        package let isSelfContained: Bool
        /// It begins when the one before ends; true of the first.
        package let isContinuous: Bool
    }

    /// `ftyp` or `styp` claims one of the structural brands (7.2): `cmfc`, `cmf2`.
    package let claimsTrackBrand: Bool
    /// A `styp` claims to be a segment (`cmfs`), fragment (`cmff`) or chunk (`cmfl`).
    package let claimsSegmentBrand: Bool
    package let hasOneTrack: Bool
    /// The movie is fragmented and has no samples of its own (7.3.2.1).
    package let hasOnlyFragments: Bool
    /// No edit list, or one that only takes the composition offset away (7.5.13).
    package let hasOnlyOffsetEdit: Bool
    package let fragments: [FragmentFacts]
    /// `emsg` and `prft` boxes, which may come before fragments (7.3.2.3).
    package let messages: Int
    package let referenceTimes: Int
    /// Boxes at the top that CMAF does not know.
    package let otherBoxes: [FourCC]
}

extension MP4File {
    private static let known: Set<FourCC> = [
        "ftyp", "styp", "moov", "moof", "mdat", "sidx", "emsg", "prft", "free", "skip", "meta", "uuid", "mfra",
    ]

    /// The facts of this file.
    /// - Parameter initialization: The movie of the initialization segment, for media segments.
    package func cmafFacts(initialization: Movie? = nil) -> CMAFFacts {
        let movie = movie ?? initialization
        let types = [type].compactMap(\.self) + segmentTypes
        return CMAFFacts(
            claimsTrackBrand: types.contains { $0.claims("cmfc") || $0.claims("cmf2") },
            claimsSegmentBrand: segmentTypes.contains { $0.claims("cmfs") || $0.claims("cmff") || $0.claims("cmfl") },
            hasOneTrack: movie?.tracks.count == 1,
            hasOnlyFragments: movie?.isFragmented == true && movie?.tracks.allSatisfy { $0.samples == 0 } == true,
            hasOnlyOffsetEdit: movie?.tracks.allSatisfy(\.hasOnlyOffsetEdit) == true, fragments: fragmentFacts,
            messages: boxes.count { $0.type == "emsg" }, referenceTimes: boxes.count { $0.type == "prft" },
            otherBoxes: boxes.map(\.type).filter { !Self.known.contains($0) })
    }

    private var fragmentFacts: [CMAFFacts.FragmentFacts] {
        var ends: [Int: Int] = [:]
        return fragments.map { fragment in
            let tracks = fragment.tracks
            let isContinuous = tracks.allSatisfy { $0.decodeTime == ends[$0.track] ?? $0.decodeTime }
            for track in tracks { ends[track.track] = track.decodeTime &+ track.duration }
            return CMAFFacts.FragmentFacts(
                start: fragment.start, isPair: fragment.mediaData != nil, hasOneTrack: tracks.count == 1,
                hasDecodeTime: tracks.allSatisfy(\.hasDecodeTime),
                countsFromMoof: tracks.allSatisfy { $0.baseIsMoof && !$0.hasBaseOffset },
                startsWithSync: tracks.allSatisfy(\.startsWithSync),
                isSelfContained: tracks.allSatisfy { Self.holds(fragment.mediaData, $0) }, isContinuous: isContinuous)
        }
    }

    /// Whether the samples of a track lie in `media`; those of runs that are not in order may still not.
    private static func holds(_ media: Range<Int>?, _ track: TrackFragment) -> Bool {
        guard track.samples > 0 else { return true }
        guard let media, let start = track.dataStart, let end = track.dataEnd else { return false }
        return start >= media.lowerBound && end <= media.upperBound && end - start >= track.bytes
    }
}

extension MovieTrack {
    /// No edit list, or one edit at normal speed that begins in the track: what takes the composition offset away. Its
    /// length must be the track's, or 0 where it is not known.
    package var hasOnlyOffsetEdit: Bool {
        guard let edit = edits.first else { return true }
        return edits.count == 1 && edit.mediaTime >= 0 && edit.rate == 0x1_0000 && (edit.duration == 0 || samples > 0)
    }
}
