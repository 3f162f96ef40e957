/// The picture size of an encode, in luma samples.
///
/// The module keeps its own type so that it depends on nothing; sizes order by area, then by height.
package struct LadderResolution: Hashable, Codable, Sendable, Comparable {
    /// Luma samples per row, above 0.
    package let width: Int
    /// Rows, above 0.
    package let height: Int

    /// A resolution of `width` by `height` luma samples.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Luma samples per picture.
    package var pixels: Int { width * height }

    /// True when the left picture has fewer samples, or as many in fewer rows.
    package static func < (left: LadderResolution, right: LadderResolution) -> Bool {
        (left.pixels, left.height) < (right.pixels, right.height)
    }
}

/// One trial encode of one shot and what it measured.
package struct ProbePoint: Hashable, Codable, Sendable {
    /// The size that was encoded.
    package let resolution: LadderResolution
    /// The encoder's constant rate factor; larger is coarser.
    package let crf: Double
    /// Mean bitrate over the shot, bits per second, above 0.
    package let bps: Double
    /// Mean VMAF over the shot's frames at display size, 0...100.
    package let vmaf: Double
    /// Frames that were encoded, above 0. Informative: a shot is weighted by `ShotProbes.frames`.
    package let frames: Int

    /// A measured operating point.
    package init(resolution: LadderResolution, crf: Double, bps: Double, vmaf: Double, frames: Int) {
        self.resolution = resolution
        self.crf = crf
        self.bps = bps
        self.vmaf = vmaf
        self.frames = frames
    }

    /// False for values no encode can produce; such points are ignored by the fits.
    package var isUsable: Bool {
        crf.isFinite && bps.isFinite && bps > 0 && vmaf.isFinite
    }
}

/// All probes of one shot.
///
/// At one frame rate a shot's share of the title's seconds is its share of the frames, so the title's bitrate is
/// the mean of the shots' bitrates weighted by `frames`.
package struct ShotProbes: Hashable, Codable, Sendable {
    /// The shot's number in the title, from 0.
    package let index: Int
    /// The shot's length in frames; a shot without frames takes no part.
    package let frames: Int
    /// Its trial encodes, in any order.
    package let points: [ProbePoint]

    /// The probes of shot `index`.
    package init(index: Int, frames: Int, points: [ProbePoint]) {
        self.index = index
        self.frames = frames
        self.points = points
    }
}

/// A trial encode that has not been made: what to probe next.
package struct ProbeCell: Hashable, Codable, Sendable {
    /// The size to encode.
    package let resolution: LadderResolution
    /// The constant rate factor to encode at.
    package let crf: Double

    /// The cell at `resolution` and `crf`.
    package init(resolution: LadderResolution, crf: Double) {
        self.resolution = resolution
        self.crf = crf
    }
}
