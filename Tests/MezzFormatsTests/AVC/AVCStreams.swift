/// Streams of libx264 with all that it can put into headers.
enum AVCStreams {
    static let all = [
        OracleStream(
            name: "buffer model", encoder: "libx264",
            parameters: "nal-hrd=vbr:vbv-maxrate=300:vbv-bufsize=300:bframes=3:b-pyramid=normal:aud=1:keyint=6"),
        OracleStream(
            name: "constant rate", encoder: "libx264",
            parameters:
                "nal-hrd=cbr:vbv-maxrate=400:vbv-bufsize=400:bitrate=400:pic-struct=1:filler=1:open-gop=1:keyint=5"),
        OracleStream(
            name: "interlaced", encoder: "libx264", size: "158x92", parameters: "tff=1:pic-struct=1:keyint=7",
            options: ["-flags", "+ildct+ilme"]),
        OracleStream(
            name: "wide chroma", encoder: "libx264", size: "158x90", format: "yuv422p10le",
            parameters: "cqm=jvt:keyint=4:scenecut=0"),
        OracleStream(name: "full chroma", encoder: "libx264", size: "150x90", format: "yuv444p", parameters: "cqm=jvt"),
        OracleStream(name: "grey", encoder: "libx264", size: "150x90", format: "gray"),
        OracleStream(
            name: "baseline", encoder: "libx264", parameters: "slices=4:ref=4:weightp=0:keyint=30",
            options: ["-profile:v", "baseline"]),
        OracleStream(
            name: "weights", encoder: "libx264", frames: 20, parameters: "weightp=2:bframes=4:weightb=1:ref=5:cabac=0",
            options: ["-vf", "fade=in:0:18"]),
        OracleStream(
            name: "refresh", encoder: "libx264", frames: 20, parameters: "intra-refresh=1:keyint=8"),
        OracleStream(
            name: "colours", encoder: "libx264", format: "yuv420p10le",
            parameters:
                "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:chromaloc=2:overscan=show:"
                + "videoformat=pal:alternative-transfer=arib-std-b67:cll=1000,400:"
                + "mastering-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)",
            options: ["-color_range", "pc", "-vf", "setsar=4/3"]),
        OracleStream(name: "fake interlace", encoder: "libx264", parameters: "fake-interlaced=1:stitchable=1"),
    ]
}
