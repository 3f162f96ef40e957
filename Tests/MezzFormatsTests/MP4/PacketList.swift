import Foundation
import MezzFormats

/// The packets of a stream as ffprobe lists them, edit lists left aside.
struct PacketList {
    struct Packet: Hashable {
        let offset: Int
        let size: Int
        let decodeTime: Int
        let presentationTime: Int
        let duration: Int
        let isKey: Bool

        init(
            offset: Int, size: Int, decodeTime: Int, presentationTime: Int, duration: Int, isKey: Bool
        ) {
            (self.offset, self.size, self.decodeTime) = (offset, size, decodeTime)
            (self.presentationTime, self.duration, self.isKey) = (presentationTime, duration, isKey)
        }

        /// - Parameters:
        ///   - shift: What FFmpeg adds to the time when it is shown.
        ///   - hasDuration: Whether its length is to be compared.
        init(_ sample: Sample, shift: Int, hasDuration: Bool) {
            self.init(
                offset: sample.offset, size: Int(sample.size), decodeTime: sample.decodeTime,
                presentationTime: sample.presentationTime + shift, duration: hasDuration ? Int(sample.duration) : 0,
                isKey: sample.isSync)
        }
    }

    let packets: [Packet]

    init(_ path: String, stream: Int, hasDurations: Bool, in folder: MediaFolder) throws {
        let text = try MediaTool.ffprobe.run(
            [
                "-v", "error", "-ignore_editlist", "1", "-select_streams", "\(stream)", "-show_packets",
                "-show_entries", "packet=pts,dts,duration,size,pos,flags", "-of", "csv=p=0", path,
            ], in: folder)
        packets = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 6, let shown = Int(fields[0]), let decoded = Int(fields[1]),
                let size = Int(fields[3]), let offset = Int(fields[4])
            else { return nil }
            return Packet(
                offset: offset, size: size, decodeTime: decoded, presentationTime: shown,
                duration: hasDurations ? Int(fields[2]) ?? 0 : 0, isKey: fields[5].hasPrefix("K"))
        }
    }
}
