import MezzCore
import MezzMetrics
import MezzPixels
import Testing

@Suite("Videos to compare")
struct StreamSourceTests {
    private let format = PictureFormat(width: 4, height: 2, bitDepth: 8, chroma: .half)

    @Test("a raw file of whole frames tells their number")
    func whole() throws {
        #expect(try StreamSource.raw("a.yuv", bytes: 36, format: format).expectedFrames == 3)
    }

    @Test("a raw file with part of a frame names the frame and its bytes")
    func partial() throws {
        let failure = #expect(throws: Failure.self) { try StreamSource.raw("a.yuv", bytes: 40, format: format) }
        #expect(failure?.what == "holds 3 frames of 4x2 yuv420p and 4 of 12 bytes of frame 3")
        #expect(failure?.status == .input)
        #expect(throws: Failure.self) { try StreamSource.raw("a.yuv", bytes: 11, format: format) }
    }

    @Test("raw files of different depth or chroma are not converted, of different size they are scaled")
    func mismatch() {
        func raw(_ width: Int, _ depth: Int, _ chroma: ChromaSubsampling) -> StreamSource {
            let format = PictureFormat(width: width, height: 2, bitDepth: depth, chroma: chroma)
            return StreamSource(path: "a.yuv", container: .raw, format: format, pixelFormat: format.pixelFormat)
        }
        let reference = raw(4, 8, .half)
        #expect(raw(4, 8, .half).mismatch(with: reference) == nil)
        #expect(raw(8, 8, .half).mismatch(with: reference) == nil)
        #expect(raw(4, 10, .half).mismatch(with: reference)?.what.contains("yuv420p10le") == true)
        #expect(raw(4, 8, .full).mismatch(with: reference)?.what.contains("yuv444p") == true)
    }
}

@Suite("Shifts between videos")
struct OffsetSearchTests {
    /// Pictures that drift, the first at `start`.
    private func prints(_ start: Int, _ count: Int, noise: Int = 0) -> [Fingerprint] {
        (start..<start + count).compactMap { frame in
            Fingerprint(
                values: (0..<Fingerprint.coefficients).map { at in
                    Int16((frame * 37 * (at + 1)) % 900 + (noise > 0 ? (at + frame) % noise : 0))
                })
        }
    }

    @Test("are found in both directions, through an encode's noise", arguments: [0, 1, -1, 17, -17, 300, -300])
    func found(_ offset: Int) {
        let reference = prints(1_000, 720)
        let distorted = prints(1_000 - offset, 720, noise: 9)
        #expect(OffsetSearch.offset(reference: reference, distorted: distorted) == offset)
    }

    @Test("a still picture has none")
    func still() {
        let still = [Fingerprint](repeating: prints(1, 1)[0], count: 50)
        #expect(OffsetSearch.offset(reference: still, distorted: still) == 0)
    }

    @Test("strangers have no shift, nothing has none either")
    func strangers() {
        #expect(OffsetSearch.offset(reference: prints(0, 100), distorted: []) == nil)
        let dark = prints(0, 100).map { _ in Fingerprint(values: Array(repeating: -3_000, count: 64)) }
        #expect(OffsetSearch.offset(reference: prints(0, 100), distorted: dark.compactMap(\.self)) == nil)
    }

    @Test("put every video's first common frame together")
    func alignment() {
        let alignment = Alignment(offsets: [2, -3, 0])
        #expect(alignment.reference == 3 && alignment.distorted == [5, 0, 3] && !alignment.isPlain)
        #expect(Alignment(offsets: [0, 0]).isPlain)
    }
}
