import MezzCore

/// Where the packager begins segments of finished encodes: all rungs must agree, or players cannot switch.
struct SegmentBorders {
    /// Nominal length of a segment.
    let seconds: Double

    /// - Throws: `Failure` (`input`) that names the rung and the frame that is out of line.
    func check(_ rungs: [EncodedTracks.Rung]) throws(Failure) {
        guard let first = rungs.first else { return }
        for rung in rungs {
            guard rung.keyFrames.first == 0 else {
                throw refuse(rung, "does not begin with a key frame")
            }
            let (own, others) = (time(rung.frames, rung), time(first.frames, first))
            guard own == others else {
                throw refuse(rung, "lasts \(own.value) s and \(first.id) \(others.value) s")
            }
            let (borders, wanted) = (times(rung), times(first))
            for (border, other) in zip(borders, wanted) where border.time != other.time {
                let isOwn = border.time < other.time
                let frame = isOwn ? border.frame : other.frame
                throw refuse(
                    rung,
                    "frame \(frame) begins a segment in \(isOwn ? rung.id : first.id) and not in \(isOwn ? first.id : rung.id)"
                )
            }
            guard borders.count == wanted.count else {
                let longer = borders.count > wanted.count
                let frame = longer ? borders[wanted.count].frame : wanted[borders.count].frame
                throw refuse(
                    rung,
                    "frame \(frame) begins a segment in \(longer ? rung.id : first.id) and not in \(longer ? first.id : rung.id)"
                )
            }
        }
    }

    /// The first key frame in each span of the nominal length.
    private func times(_ rung: EncodedTracks.Rung) -> [(frame: Int, time: Rational)] {
        var borders: [(frame: Int, time: Rational)] = []
        var span = -1
        for frame in rung.keyFrames {
            let time = time(frame, rung)
            let own = Int(time.value / seconds)
            guard own > span else { continue }
            span = own
            borders.append((frame, time))
        }
        return borders
    }

    private func time(_ frame: Int, _ rung: EncodedTracks.Rung) -> Rational {
        Rational(Int64(frame) * rung.frameRate.denominator, rung.frameRate.numerator) ?? Rational(0)
    }

    private func refuse(_ rung: EncodedTracks.Rung, _ what: String) -> Failure {
        Failure(
            .input, what: what, place: "rung \(rung.id)",
            remedy: "encode all rungs with key frames at the same times: mezz encode does")
    }
}
