import MezzPixels

/// A frame as the shot detector remembers it.
struct ReducedPicture {
    /// Half a thumbnail's luma, 64×36 samples.
    let half: [UInt8]
    /// The same, laid out for block search.
    let luma: SearchPlane
    let area: PictureArea
    /// Sums of 4×4 samples, in eighths of a code value of their mean, of the halved luma and then of both chromas:
    /// 16×9 fields each.
    let fields: [Int16]
    /// Mean and standard deviation of the luma, code values.
    let mean: Float
    let deviation: Float
    /// Mean difference between neighbouring luma samples, code values.
    let edges: Float

    static let fieldColumns = 16
    static let fieldRows = 9
    static let lumaFields = fieldColumns * fieldRows

    /// - Parameter thumbnail: `Thumbnail.bytes` samples.
    init(thumbnail: UnsafeRawBufferPointer) {
        half = Self.halved(thumbnail)
        luma = SearchPlane(half)
        area = PictureArea(of: half)
        (mean, deviation, edges) = Self.moments(half)
        fields = Self.fields(half, thumbnail)
    }

    /// Standard deviation of the luma inside black bars.
    var innerDeviation: Float { area == .whole ? deviation : Tone(of: half, in: area.core).deviation }

    /// Luma with local brightness and contrast taken out: what is left when the light changes.
    var structure: SearchPlane { SearchPlane(LocalContrast.removed(from: half, deviation: deviation)) }

    /// 2×2 means.
    private static func halved(_ thumbnail: UnsafeRawBufferPointer) -> [UInt8] {
        typealias Pairs = SIMD16<UInt16>
        let low = Pairs(repeating: 0x00FF)
        return [UInt8](unsafeUninitializedCapacity: SearchPlane.width * SearchPlane.height) { out, count in
            guard let first = out.baseAddress else { return }
            for y in 0..<SearchPlane.height {
                for x in stride(from: 0, to: SearchPlane.width, by: 16) {
                    let at = 2 * y * Thumbnail.width + 2 * x
                    let top = thumbnail.loadUnaligned(fromByteOffset: at, as: Pairs.self)
                    let bottom = thumbnail.loadUnaligned(fromByteOffset: at + Thumbnail.width, as: Pairs.self)
                    let sum = (top & low) &+ (top &>> 8) &+ (bottom & low) &+ (bottom &>> 8)
                    UnsafeMutableRawPointer(first + y * SearchPlane.width + x)
                        .storeBytes(of: SIMD16<UInt8>(truncatingIfNeeded: (sum &+ 2) &>> 2), as: SIMD16<UInt8>.self)
                }
            }
            count = SearchPlane.width * SearchPlane.height
        }
    }

    private static func moments(_ picture: [UInt8]) -> (mean: Float, deviation: Float, edges: Float) {
        picture.withUnsafeBytes { bytes in
            func line(_ at: Int) -> SIMD16<Int32> {
                SIMD16(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self))
            }
            var sums = SIMD16<Int32>.zero
            var squares = SIMD16<Int32>.zero
            var edges = SIMD16<Int32>.zero
            for at in stride(from: 0, to: bytes.count, by: 16) {
                let values = line(at)
                sums &+= values
                squares &+= values &* values
                guard at + SearchPlane.width < bytes.count else { continue }
                let down = line(at + SearchPlane.width) &- values
                // The last sample of a row meets the first of the next: one in 64, the same in every picture.
                let across = line(at + 1) &- values
                edges &+= ((down ^ (down &>> 31)) &- (down &>> 31)) &+ ((across ^ (across &>> 31)) &- (across &>> 31))
            }
            let count = Float(bytes.count)
            let mean = Float(sums.wrappedSum()) / count
            let variance = Float(squares.wrappedSum()) / count - mean * mean
            return (mean, max(0, variance).squareRoot(), Float(edges.wrappedSum()) / count)
        }
    }

    private static func fields(_ half: [UInt8], _ thumbnail: UnsafeRawBufferPointer) -> [Int16] {
        let chroma = SearchPlane.width * SearchPlane.height
        var fields: [Int16] = []
        fields.reserveCapacity(3 * lumaFields)
        half.withUnsafeBytes { appendFields(of: $0, to: &fields) }
        for plane in 0..<2 {
            let first = Thumbnail.lumaBytes + plane * chroma
            appendFields(of: UnsafeRawBufferPointer(rebasing: thumbnail[first..<first + chroma]), to: &fields)
        }
        return fields
    }

    private static func appendFields(of plane: UnsafeRawBufferPointer, to fields: inout [Int16]) {
        for y in 0..<fieldRows {
            for left in stride(from: 0, to: SearchPlane.width, by: 16) {
                var sums = SIMD16<UInt16>.zero
                for row in 0..<4 {
                    let at = (4 * y + row) * SearchPlane.width + left
                    sums &+= SIMD16<UInt16>(
                        truncatingIfNeeded: plane.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self))
                }
                for x in 0..<4 {
                    fields.append(Int16((sums[4 * x] &+ sums[4 * x + 1] &+ sums[4 * x + 2] &+ sums[4 * x + 3]) / 2))
                }
            }
        }
    }
}
