/// The newest frames, by number.
struct FrameWindow {
    /// Frames kept; the longest transition and its surroundings fit in.
    static let length = 192

    private var pictures: [ReducedPicture] = []
    private var structures: [SearchPlane?] = []
    private var palettes: [[Int16]?] = []
    /// Number of the first frame kept.
    private(set) var first = 0

    /// Number after the newest frame's.
    var end: Int { first + pictures.count }

    mutating func append(_ picture: ReducedPicture) {
        pictures.append(picture)
        structures.append(nil)
        palettes.append(nil)
        // Dropped in bulk: a shift a frame would cost more than the memory.
        if pictures.count >= 2 * Self.length {
            pictures.removeFirst(Self.length)
            structures.removeFirst(Self.length)
            palettes.removeFirst(Self.length)
            first += Self.length
        }
    }

    func holds(_ frame: Int) -> Bool { frame >= first && frame < end }

    subscript(frame: Int) -> ReducedPicture { pictures[frame - first] }

    /// How little of frame `new` is found in frame `old`, 0…1: by luma, and by structure.
    mutating func unexplained(_ new: Int, from old: Int, step: Int = 1) -> (luma: Float, structure: Float) {
        (luma(new, from: old, step: step), structure(new, from: old, step: step))
    }

    mutating func leastUnexplained(_ new: Int, from old: Int) -> Float {
        let (luma, structure) = unexplained(new, from: old, step: 2)
        return min(luma, structure)
    }

    func luma(_ new: Int, from old: Int, step: Int) -> Float {
        let (new, old) = (self[new], self[old])
        return BlockSearch.unexplained(new.luma, from: old.luma, in: new.area.union(old.area), step: step)
    }

    /// How little of the luma is found once the picture of more contrast is brought to the light of the other; 1 where
    /// one of them has no contrast.
    func tonedLuma(_ new: Int, from old: Int) -> Float {
        let (new, old) = (self[new], self[old])
        let area = new.area.union(old.area)
        let (a, b) = (Tone(of: new.half, in: area), Tone(of: old.half, in: area))
        guard a.deviation > 2, b.deviation > 2 else { return 1 }
        if a.deviation > b.deviation {
            return BlockSearch.unexplained(SearchPlane(a.brought(new.half, to: b)), from: old.luma, in: area)
        }
        return BlockSearch.unexplained(new.luma, from: SearchPlane(b.brought(old.half, to: a)), in: area)
    }

    mutating func structure(_ new: Int, from old: Int, step: Int) -> Float {
        let area = self[new].area.union(self[old].area)
        return BlockSearch.unexplained(structure(new), from: structure(old), in: area, step: step)
    }

    /// Distance of the pictures' colours and light as wholes, code values.
    mutating func paletteDistance(_ a: Int, _ b: Int) -> Float {
        FieldMath.paletteDistance(palette(a), palette(b))
    }

    private mutating func palette(_ frame: Int) -> [Int16] {
        if let known = palettes[frame - first] { return known }
        let made = FieldMath.palette(self[frame].fields)
        palettes[frame - first] = made
        return made
    }

    private mutating func structure(_ frame: Int) -> SearchPlane {
        if let known = structures[frame - first] { return known }
        let made = self[frame].structure
        structures[frame - first] = made
        return made
    }
}
