/// Filters that mix a track onto a delivered layout.
///
/// The coefficients are those of ITU-R BS.775-3, Table 2 (centre and surrounds by 1/√2, no low-frequency channel), which
/// FFmpeg's resampler has; 7.1 goes through 5.1 (back channels by 1/√2 onto the sides). Sums are not scaled down: in
/// floating point nothing is cut off, and the level is decided afterwards.
enum Downmix {
    /// - Parameter channels: Of the source.
    static func filters(from channels: Int, to layout: ChannelLayout, for codec: AudioCodec) -> [String] {
        let first = channels > 6 && layout.channels <= 6 ? [mix("5.1(side)")] : []
        return first + [mix(layout.name(codec))]
    }

    private static func mix(_ layout: String) -> String {
        "aresample=out_chlayout=\(layout):out_sample_fmt=fltp:rematrix_maxval=1000"
    }
}
