import MezzPixels

/// Reads luma as `Float` in units of 8-bit code values: samples of deeper pictures are divided by a power of two.
struct LumaRow {
    private let start: UnsafeRawPointer
    private let isDeep: Bool
    private let scale: Float

    init(_ plane: PlaneView, row: Int) {
        start = UnsafeRawPointer(plane.base + row * plane.strideBytes)
        isDeep = plane.bitDepth > 8
        scale = 1 / Float(1 << (plane.bitDepth - 8))
    }

    /// Writes `count` samples and whatever fills the last vector.
    func convert(to target: UnsafeMutablePointer<Float>, count: Int) {
        let out = UnsafeMutableRawPointer(target)
        let scale = scale
        var at = 0
        if isDeep {
            while at < count {
                let values: SIMD8<Float> = wide(deep: start, at) * scale
                values.store(out + 4 &* at)
                at &+= 8
            }
        } else {
            while at < count {
                wide(bytes: start, at).store(out + 4 &* at)
                at &+= 8
            }
        }
    }

    /// Adds the row times `weight` (a `Float` product) to `sums`, `count` samples rounded up to whole vectors.
    func accumulate(into sums: UnsafeMutablePointer<Double>, weight: Float, count: Int) {
        let out = UnsafeMutableRawPointer(sums)
        let scale = scale
        var at = 0
        if isDeep {
            while at < count {
                let values: SIMD8<Float> = wide(deep: start, at) * scale
                Self.add(values * weight, out + 8 &* at)
                at &+= 8
            }
        } else {
            while at < count {
                Self.add(wide(bytes: start, at) * weight, out + 8 &* at)
                at &+= 8
            }
        }
    }

    @inline(__always)
    private static func add(_ value: SIMD8<Float>, _ place: UnsafeMutableRawPointer) {
        let sum = place.loadUnaligned(as: SIMD8<Double>.self) + value.doubles
        place.storeBytes(of: sum, as: SIMD8<Double>.self)
    }

    @inline(__always)
    private func wide(bytes: UnsafeRawPointer, _ at: Int) -> SIMD8<Float> {
        let samples = (bytes + at).loadUnaligned(as: SIMD8<UInt8>.self)
        return SIMD8<Float>(whole: SIMD8<Int32>(truncatingIfNeeded: samples))
    }

    @inline(__always)
    private func wide(deep: UnsafeRawPointer, _ at: Int) -> SIMD8<Float> {
        let samples = (deep + 2 &* at).loadUnaligned(as: SIMD8<UInt16>.self)
        return SIMD8<Float>(whole: SIMD8<Int32>(truncatingIfNeeded: samples))
    }
}

extension SIMD8<Float> {
    // Lane by lane these become vector conversions; the standard library's own stay calls.

    @inline(__always)
    var doubles: SIMD8<Double> {
        SIMD8<Double>(
            Double(self[0]), Double(self[1]), Double(self[2]), Double(self[3]), Double(self[4]), Double(self[5]),
            Double(self[6]), Double(self[7]))
    }

    @inline(__always)
    init(rounding value: SIMD8<Double>) {
        self.init(
            Float(value[0]), Float(value[1]), Float(value[2]), Float(value[3]), Float(value[4]), Float(value[5]),
            Float(value[6]), Float(value[7]))
    }

    @inline(__always)
    init(whole value: SIMD8<Int32>) {
        self.init(
            Float(value[0]), Float(value[1]), Float(value[2]), Float(value[3]), Float(value[4]), Float(value[5]),
            Float(value[6]), Float(value[7]))
    }

    @inline(__always)
    func store(_ place: UnsafeMutableRawPointer) { place.storeBytes(of: self, as: SIMD8<Float>.self) }

    @inline(__always)
    static func load(_ place: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
    }
}

extension SIMD8<Double> {
    /// Eight `Float` products, then made `Double`.
    @inline(__always)
    static func product(_ samples: UnsafePointer<Float>, _ weight: Float) -> SIMD8<Double> {
        let weights = SIMD8<Float>(repeating: weight)
        let products: SIMD8<Float> = SIMD8<Float>.load(samples) * weights
        return products.doubles
    }

    @inline(__always)
    mutating func add(_ samples: UnsafePointer<Float>, _ weight: Float) {
        let products: SIMD8<Double> = .product(samples, weight)
        self = self + products
    }
}
