import Foundation
import MezzCore
import MezzFormats

/// Names the sheets in the manifests: as a tile grid in DASH (DASH-IF Interoperability Points 4.3, 6.2.6) and as an image
/// playlist in HLS (the HLS Image Media Playlist specification of Roku and others).
struct TileManifests {
    let grid: TileGrid
    /// Of all sheets together.
    let bytes: Int

    static let folder = "thumbnails"
    static let playlist = folder + "/tiles.m3u8"

    init(_ sheets: TileSheets) throws {
        grid = sheets.grid
        bytes = try sheets.files.reduce(0) { try $0 + FileBytes($1, followsLinks: true).count }
    }

    private var bitsPerSecond: Int {
        let seconds = max(grid.interval * Double(grid.pictures), 0.001)
        return max(1, Int((Double(bytes) * 8 / seconds).rounded(.up)))
    }

    /// As a last set of the period.
    func dash(_ manifest: String) -> String {
        guard let end = manifest.range(of: "  </Period>", options: .backwards) else { return manifest }
        let sets = manifest.split(separator: "\n").count { $0.contains("<AdaptationSet ") }
        let duration = Int64(grid.step * grid.onSheet) * grid.frameRate.denominator
        let set = """
                <AdaptationSet id="\(sets)" contentType="image" mimeType="image/jpeg">
                  <SegmentTemplate media="\(Self.folder)/tiles-$Number%05d$.jpg" timescale="\(grid.frameRate.numerator)" \
            duration="\(duration)" startNumber="1"/>
                  <Representation id="tiles" bandwidth="\(bitsPerSecond)" width="\(grid.tile.width * TileGrid.columns)" \
            height="\(grid.tile.height * TileGrid.rows)">
                    <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" \
            value="\(TileGrid.columns)x\(TileGrid.rows)"/>
                  </Representation>
                </AdaptationSet>

            """
        return manifest.replacingCharacters(in: end, with: set + "  </Period>")
    }

    /// A line of the master.
    func master(_ playlist: String) -> String {
        let line =
            "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=\(bitsPerSecond),RESOLUTION=\(grid.tile.width)x\(grid.tile.height),"
            + "CODECS=\"jpeg\",URI=\"\(Self.playlist)\""
        return playlist + (playlist.hasSuffix("\n") ? "" : "\n") + "\n" + line + "\n"
    }

    /// The image playlist.
    var images: String {
        let sheet = grid.interval * Double(grid.onSheet)
        var lines = [
            "#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:\(Int(sheet.rounded(.up)))",
            "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-IMAGES-ONLY",
        ]
        for number in 0..<grid.sheets {
            let pictures = min(grid.onSheet, grid.pictures - number * grid.onSheet)
            lines += [
                String(format: "#EXTINF:%.3f,", grid.interval * Double(pictures)),
                "#EXT-X-TILES:RESOLUTION=\(grid.tile.width)x\(grid.tile.height),"
                    + "LAYOUT=\(TileGrid.columns)x\(TileGrid.rows),DURATION=" + String(format: "%.3f", grid.interval),
                TileGrid.name(number),
            ]
        }
        return (lines + ["#EXT-X-ENDLIST", ""]).joined(separator: "\n")
    }
}
