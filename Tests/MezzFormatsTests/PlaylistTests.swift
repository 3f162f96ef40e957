import MezzCore
import MezzFormats
import Testing

@Suite("HLS playlists")
struct PlaylistTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("A master")
    func master() throws {
        let master = try MasterPlaylist.read(
            bytes(
                """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,URI="audio/a.m3u8",GROUP-ID="aac",NAME="One, two=3",DEFAULT=YES,CHANNELS="2"
                #EXT-X-STREAM-INF:BANDWIDTH=200,AVERAGE-BANDWIDTH=100,CODECS="avc1.4d401e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970,AUDIO="aac"
                video/v.m3u8
                #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9,CODECS="avc1.4d401e",RESOLUTION=640x360,URI="video/v-iframes.m3u8"
                """))
        let variant = try #require(master.variants.first)
        #expect(variant.bandwidth == 200 && variant.averageBandwidth == 100)
        #expect(variant.codecs == "avc1.4d401e,mp4a.40.2")
        #expect(variant.resolution == Resolution(width: 640, height: 360))
        #expect(variant.frameRate == 29.97 && variant.audioGroup == "aac")
        #expect(master.renditions.first?.name == "One, two=3")
        #expect(master.renditions.first?.isDefault == true)
        #expect(master.iFrameStreams.first?.uri == "video/v-iframes.m3u8")
    }

    @Test("A playlist with byte ranges, some without an offset, and CRLF")
    func media() throws {
        let text = """
            #EXTM3U
            #EXT-X-TARGETDURATION:3
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MAP:URI="a.mp4",BYTERANGE="869@0"
            #EXTINF:2.002,
            #EXT-X-BYTERANGE:100@925
            a.mp4
            #EXTINF:2.002,
            #EXT-X-BYTERANGE:50
            a.mp4
            #EXTINF:1,title
            b.mp4
            #EXT-X-ENDLIST
            """
        let playlist = try MediaPlaylist.read(bytes(text.replacing("\n", with: "\r\n")))
        #expect(playlist.segments.map(\.resource.bytes) == [925..<1025, 1025..<1075, nil])
        #expect(playlist.map?.bytes == 0..<869)
        #expect(playlist.isComplete && playlist.type == "VOD" && playlist.targetDuration == 3)
        #expect(abs(playlist.durationSeconds - 5.004) < 1e-9)
    }

    @Test(
        "Broken playlists are refused",
        arguments: [
            "", "#EXTINF:1,\na", "#EXTM3U\na.mp4", "#EXTM3U\n#EXTINF:x,\na", "#EXTM3U\n#EXTINF:-1,\na",
            "#EXTM3U\n#EXTINF:nan,\na", "#EXTM3U\n#EXTINF:1,\n#EXT-X-BYTERANGE:1@9223372036854775807\na",
            "#EXTM3U\n#EXTINF:1,\n#EXT-X-BYTERANGE:-5@0\na", "#EXTM3U\n#EXT-X-MAP:URI=\"a",
        ])
    func refused(_ text: String) {
        #expect(throws: FormatError.self) { try MediaPlaylist.read(bytes(text)) }
    }

    @Test(
        "References stay in the package",
        arguments: [
            ("a.mp4", "video/a.mp4"), ("a/b%20c.m4s", "video/a/b c.m4s"), ("../a.mp4", nil), ("a/../../b", nil),
            ("/etc/passwd", nil), ("file:///etc/passwd", nil), ("http://x/y", nil), ("//x/y", nil), ("%2e%2e/a", nil),
            ("a%2fb", nil), ("a%5c..%5cb", nil), ("a%00", nil), ("", nil), ("a//b", nil), ("a?b", nil), ("a#b", nil),
            ("%zz", nil), ("%ff", nil), ("subfile,,start,0,end,0,,:x", nil), ("a\u{7}", nil), (".", nil),
        ] as [(String, String?)])
    func references(_ reference: String, _ expected: String?) {
        let resolved = ManifestReference(reference, from: "video/a.m3u8")
        #expect(resolved == expected.map(ManifestReference.inside) ?? .escaping)
    }
}
