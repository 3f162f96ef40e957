/// Comparisons of pictures by their fields; results in code values.
enum FieldMath {
    /// Root-mean-square distance.
    static func distance(_ a: [Int16], _ b: [Int16]) -> Float {
        fold(a, b) { x, y in
            let difference = SIMD16<Float>(x &- y)
            return difference * difference
        }.squareRoot() / 8
    }

    /// Distance of `c` from the mixture of `a` and `b` with share `part` of `b`.
    static func distance(_ c: [Int16], fromMixtureOf a: [Int16], _ b: [Int16], _ part: Float) -> Float {
        var sum = SIMD16<Float>.zero
        for at in stride(from: 0, to: a.count, by: 16) {
            let first = floats(a, at)
            let rest = floats(c, at) - first - (floats(b, at) - first) * part
            sum += rest * rest
        }
        return (sum.sum() / Float(a.count)).squareRoot() / 8
    }

    /// How far `c` lies on the way from `a` to `b`: 0 at `a`, 1 at `b`.
    static func progress(_ c: [Int16], from a: [Int16], to b: [Int16]) -> Float {
        var along = SIMD16<Float>.zero
        var whole = SIMD16<Float>.zero
        for at in stride(from: 0, to: a.count, by: 16) {
            let first = floats(a, at)
            let way = floats(b, at) - first
            along += (floats(c, at) - first) * way
            whole += way * way
        }
        return along.sum() / max(whole.sum(), 1)
    }

    /// How far the fields of `c` lie from those of the nearer of `a` and `b`, over what an even mixture with share `part`
    /// of `b` would give: 1 for a dissolve, 0 for a wipe.
    static func mosaic(_ c: [Int16], _ a: [Int16], _ b: [Int16], _ part: Float) -> Float {
        var nearest = 0
        var whole = 0
        for at in 0..<a.count {
            nearest += min(abs(Int(c[at]) - Int(a[at])), abs(Int(c[at]) - Int(b[at])))
            whole += abs(Int(a[at]) - Int(b[at]))
        }
        return Float(nearest) / (Float(max(whole, 1)) * min(part, 1 - part))
    }

    /// Mean difference of the sorted fields of every plane: how far colour and light as a whole have changed, wherever
    /// in the picture things stand.
    static func paletteDistance(_ a: [Int16], _ b: [Int16]) -> Float {
        var sum = 0
        for at in 0..<a.count { sum += abs(Int(a[at]) - Int(b[at])) }
        return Float(sum) / Float(a.count) / 8
    }

    /// The fields of every plane in order of size.
    static func palette(_ fields: [Int16]) -> [Int16] {
        stride(from: 0, to: fields.count, by: ReducedPicture.lumaFields)
            .flatMap { fields[$0..<$0 + ReducedPicture.lumaFields].sorted() }
    }

    /// The share of the detail inside `area` that both pictures have in the same fields at the same level.
    static func kept(_ new: [Int16], _ old: [Int16], in area: PictureArea) -> Float {
        var all = 8
        var still = 0
        for row in area.rows.lowerBound...area.rows.upperBound {
            for column in area.columns.lowerBound...area.columns.upperBound {
                let at = row * ReducedPicture.fieldColumns + column
                let left = column == area.columns.lowerBound ? at : at - 1
                let above = row == area.rows.lowerBound ? at : at - ReducedPicture.fieldColumns
                func detail(_ fields: [Int16]) -> Int {
                    abs(Int(fields[at]) - Int(fields[left])) + abs(Int(fields[at]) - Int(fields[above]))
                }
                all += max(detail(new), detail(old))
                if abs(Int(new[at]) - Int(old[at])) < 8 { still += min(detail(new), detail(old)) }
            }
        }
        return Float(still) / Float(all)
    }

    @inline(__always)
    private static func fold(
        _ a: [Int16], _ b: [Int16], _ term: (SIMD16<Int16>, SIMD16<Int16>) -> SIMD16<Float>
    ) -> Float {
        a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                var sum = SIMD16<Float>.zero
                for at in stride(from: 0, to: a.count, by: 32) {
                    sum += term(
                        a.loadUnaligned(fromByteOffset: at, as: SIMD16<Int16>.self),
                        b.loadUnaligned(fromByteOffset: at, as: SIMD16<Int16>.self))
                }
                return sum.sum() / Float(a.count / 2)
            }
        }
    }

    @inline(__always)
    private static func floats(_ fields: [Int16], _ at: Int) -> SIMD16<Float> {
        fields.withUnsafeBytes { SIMD16<Float>($0.loadUnaligned(fromByteOffset: 2 * at, as: SIMD16<Int16>.self)) }
    }
}
