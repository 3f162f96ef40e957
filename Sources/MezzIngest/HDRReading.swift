import Foundation
import MezzCore
import MezzMedia

/// Reads what a PQ picture says of its light: from the container where it has it, else from the first frame.
struct HDRReading {
    let runner: ToolRunner
    let limits: ProcessLimits

    struct Result {
        /// HDR10's static metadata; `nil` where the source says nothing, or nothing that can be.
        var metadata: HDRMetadata?
        var carriesHDR10Plus = false
    }

    func read(_ stream: ProbeOutput.Stream, of path: String) async throws -> Result {
        let arguments =
            [
                "-v", "error", "-of", "json", "-select_streams", "\(stream.index)", "-read_intervals", "%+#1",
                "-show_frames", "-show_entries", "frame=side_data_list",
            ] + FFmpegCommand.input(path)
        let command = ToolCommand(.ffprobe, arguments, limits: limits, subject: path.printable)
        let data = try await runner.collect(command, limit: 1 << 20)
        // A source whose first frame cannot be read says so when it is indexed.
        let frames = (try? JSONDecoder().decode(Frames.self, from: data))?.frames ?? []
        let ofFrame = frames.flatMap { $0.sideDataList ?? [] }
        return Result(
            metadata: Self.metadata((stream.sideDataList ?? []) + ofFrame),
            carriesHDR10Plus: ofFrame.contains { $0.sideDataType?.hasSuffix("(HDR10+)") == true })
    }

    private struct Frames: Decodable {
        struct Frame: Decodable {
            let sideDataList: [ProbeOutput.SideData]?

            private enum CodingKeys: String, CodingKey { case sideDataList = "side_data_list" }
        }

        let frames: [Frame]?
    }

    static func metadata(_ list: [ProbeOutput.SideData]) -> HDRMetadata? {
        HDRMetadata(
            display: list.lazy.compactMap(display).first,
            light: list.lazy.compactMap { data in
                data.maxContent.flatMap { HDRMetadata.Light(max: $0, average: data.maxAverage ?? 0) }
            }.first)
    }

    private static func display(_ data: ProbeOutput.SideData) -> HDRMetadata.Display? {
        let points = [
            data.greenX, data.greenY, data.blueX, data.blueY, data.redX, data.redY, data.whiteX, data.whiteY,
        ].compactMap { scaled($0, by: 50_000) }
        guard points.count == 8, let most = scaled(data.maxLuminance, by: 10_000),
            let least = scaled(data.minLuminance, by: 10_000)
        else { return nil }
        return HDRMetadata.Display(points: points, maxLuminance: most, minLuminance: least)
    }

    /// A fraction in units of 1 / `unit`, rounded.
    private static func scaled(_ fraction: String?, by unit: Double) -> Int? {
        guard let fraction else { return nil }
        let parts = fraction.split(separator: "/").compactMap { Double($0) }
        guard parts.count == 2, parts[1] != 0 else { return nil }
        let value = (parts[0] / parts[1] * unit).rounded()
        return value.isFinite && abs(value) < 1e12 ? Int(value) : nil
    }
}
