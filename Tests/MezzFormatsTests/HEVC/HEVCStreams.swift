/// Streams of libx265 with all that it can put into headers.
enum HEVCStreams {
    static let all = [
        OracleStream(
            name: "HDR10", encoder: "libx265", format: "yuv420p10le", frames: 20,
            parameters:
                "hrd=1:vbv-maxrate=300:vbv-bufsize=300:bframes=3:b-pyramid=1:open-gop=1:b-adapt=0:keyint=8:min-keyint=8:hdr10=1:"
                + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400:"
                + "aud=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:chromaloc=2"),
        OracleStream(
            name: "sub-layers", encoder: "libx265", frames: 20,
            parameters: "temporal-layers=2:hrd=1:vbv-maxrate=300:vbv-bufsize=300:bframes=3:keyint=10:min-keyint=10"),
        OracleStream(
            name: "wide chroma", encoder: "libx265", size: "158x90", format: "yuv422p10le",
            parameters: "keyint=4:min-keyint=4:scaling-list=default:open-gop=0:radl=2:bframes=3"),
        OracleStream(
            name: "full chroma", encoder: "libx265", size: "150x92", format: "yuv444p12le",
            parameters: "slices=2:range=full:sar=2:overscan=crop:videoformat=ntsc"),
        OracleStream(name: "grey", encoder: "libx265", format: "gray", parameters: "no-sao=1:no-wpp=1"),
        OracleStream(
            name: "fields", encoder: "libx265", parameters: "interlace=tff:pic-struct=1:bframes=0:hash=1:keyint=5"),
        OracleStream(
            name: "slices", encoder: "libx265", size: "416x240",
            parameters: "slices=3:ctu=16:max-tu-size=16:weightp=1:weightb=1:ref=4:log2-max-poc-lsb=4"),
        OracleStream(
            name: "refresh", encoder: "libx265", frames: 20, parameters: "intra-refresh=1:keyint=6:recovery-point-sei=1"
        ),
        OracleStream(
            name: "lossless", encoder: "libx265",
            parameters: "lossless=1:display-window=2,4,6,8:idr-recovery-sei=1:alternative-transfer=18"),
    ]
}
