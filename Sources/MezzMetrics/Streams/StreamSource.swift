package import MezzCore
package import MezzPixels

/// A video that is compared frame by frame, and how its frames are reached.
package struct StreamSource: Sendable, Hashable {
    package enum Container: Sendable, Hashable {
        /// Anything that FFmpeg opens; the stream's number.
        case media(stream: Int)
        /// Bare planes, described by the caller.
        case raw
    }

    package let path: String
    package let container: Container
    /// What the frames are compared as when this is the reference: its own size, depth and chroma, or the nearest
    /// planar ones.
    package let format: PictureFormat
    /// As the file has it, in FFmpeg's words.
    package let pixelFormat: String
    package let color: ColorDescription
    /// `nil` where the file has no clock.
    package let frameRate: Rational?
    /// Exact for raw files, what the container says for others, `nil` when it says nothing.
    package let expectedFrames: Int?

    package init(
        path: String, container: Container, format: PictureFormat, pixelFormat: String,
        color: ColorDescription = ColorDescription(), frameRate: Rational? = nil, expectedFrames: Int? = nil
    ) {
        self.path = path
        self.container = container
        self.format = format
        self.pixelFormat = pixelFormat
        self.color = color
        self.frameRate = frameRate
        self.expectedFrames = expectedFrames
    }

    package var size: Resolution { Resolution(width: format.width, height: format.height) }

    /// A raw file whose bytes are whole frames.
    /// - Throws: `Failure` (`input`) when they are not: the file is cut off or is not what the caller says.
    package static func raw(_ path: String, bytes: Int, format: PictureFormat) throws(Failure) -> StreamSource {
        let frames = bytes / format.frameBytes
        let rest = bytes % format.frameBytes
        let what = "\(format.width)x\(format.height) \(format.pixelFormat)"
        guard frames > 0 else {
            throw Failure(
                .input, what: "holds \(bytes) bytes, less than one frame of \(what) (\(format.frameBytes) bytes)",
                place: path.printable, remedy: "check --size and --pixel-format, or copy the file again")
        }
        guard rest == 0 else {
            throw Failure(
                .input,
                what: "holds \(frames) frames of \(what) and \(rest) of \(format.frameBytes) bytes of frame \(frames)",
                place: path.printable,
                remedy: "the file is cut off, or --size or --pixel-format is not its own: copy it again or mend them")
        }
        return StreamSource(
            path: path, container: .raw, format: format, pixelFormat: format.pixelFormat, expectedFrames: frames)
    }

    /// Why this encode cannot be compared with `reference` as it is; `nil` when it can. Raw files are never converted:
    /// a difference in their description is a mistake more often than a wish.
    package func mismatch(with reference: StreamSource) -> Failure? {
        guard container == .raw || reference.container == .raw else { return nil }
        guard format.bitDepth == reference.format.bitDepth, format.chroma == reference.format.chroma else {
            return Failure(
                .input,
                what: "is \(pixelFormat) and the reference \(reference.path.printable) is \(reference.pixelFormat)",
                place: path.printable, remedy: "convert one of them: raw files are compared as they are")
        }
        return nil
    }
}

extension PictureFormat {
    /// The planar format nearest to one of FFmpeg's pixel formats: the same depth and chroma, alpha dropped, RGB as
    /// 4:4:4.
    static func nearest(to pixelFormat: String, width: Int, height: Int) -> PictureFormat? {
        if let same = PictureFormat(pixelFormat: pixelFormat, width: width, height: height) { return same }
        guard width > 0, height > 0 else { return nil }
        return PictureFormat(
            width: width, height: height, bitDepth: depth(of: pixelFormat), chroma: chroma(of: pixelFormat))
    }

    private static func chroma(of name: String) -> ChromaSubsampling {
        if ["gray", "mono", "ya"].contains(where: name.hasPrefix) { return .monochrome }
        if ["420", "nv12", "nv21", "p010", "p012", "p016"].contains(where: name.contains) { return .half }
        if ["422", "nv16", "nv20", "p21", "y210", "y212", "y216", "uyvy", "yvyu", "yuyv"]
            .contains(where: name.contains)
        {
            return .halfWidth
        }
        // 4:1:1 and 4:1:0 fit into no coarser one without loss.
        return .full
    }

    private static func depth(of name: String) -> Int {
        let known: [(String, Int)] = [
            ("p010", 10), ("p210", 10), ("p410", 10), ("y210", 10), ("xv30", 10), ("x2rgb10", 10), ("x2bgr10", 10),
            ("nv20", 10), ("p012", 12), ("p212", 12), ("p412", 12), ("y212", 12), ("xv36", 12), ("xyz12", 12),
            ("rgb48", 16), ("bgr48", 16), ("rgba64", 16), ("bgra64", 16), ("f32", 16), ("f16", 16),
        ]
        if let found = known.first(where: { name.hasPrefix($0.0) || name.contains($0.0) }) { return found.1 }
        let plain = name.hasSuffix("le") || name.hasSuffix("be") ? name.dropLast(2) : name[...]
        guard plain.count < name.count, let depth = Int(String(plain.suffix(while: \.isNumber))) else { return 8 }
        return [9, 10, 12, 14, 16].contains(depth) ? depth : 16
    }
}

extension Substring {
    fileprivate func suffix(while isWanted: (Character) -> Bool) -> Substring {
        self[(lastIndex { !isWanted($0) }.map { index(after: $0) } ?? startIndex)...]
    }
}
