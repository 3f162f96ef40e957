import Foundation

extension IAMFEncoder {
    /// Arguments that cut the layout into substreams.
    static func streams(_ layout: ImmersiveLayout) -> [String] {
        let substreams = layout.substreams
        let order = layout.speakers
        let labels = substreams.indices.map { "[p\($0)]" }
        let parts = substreams.enumerated().map { number, speakers in
            let places = speakers.compactMap(order.firstIndex).map(String.init).joined(separator: "|")
            return "[p\(number)]channelmap=\(places):\(speakers.count == 2 ? "stereo" : "mono")[s\(number)]"
        }
        let split = "[0:a:0]asplit=\(substreams.count)" + labels.joined()
        return ["-filter_complex", ([split] + parts).joined(separator: ";")]
            + substreams.indices.flatMap { ["-map", "[s\($0)]"] }
            + substreams.indices.flatMap { ["-streamid", "\($0):\($0)"] }
    }

    /// Arguments that make the substreams one audio element and one mix presentation: FFmpeg's `-stream_group`.
    static func groups(_ layout: ImmersiveLayout, own: Loudness, stereo: Loudness) -> [String] {
        let streams = layout.substreams.indices.map { "st=\($0)" }.joined(separator: ":")
        let element =
            "type=iamf_audio_element:id=1:\(streams):audio_element_type=channel,layer=ch_layout="
            + layout.elementLayout
        let layouts =
            [self.layout("stereo", stereo)]
            + (layout == .stereo ? [] : [self.layout(layout.elementLayout, own)])
        let mix =
            "type=iamf_mix_presentation:id=3:stg=0,submix=parameter_id=100:parameter_rate=48000:default_mix_gain=0.0"
            + "|element=stg=0:headphones_rendering_mode=binaural:parameter_id=101:parameter_rate=48000"
            + ":default_mix_gain=0.0|" + layouts.joined(separator: "|")
        return ["-stream_group", element, "-stream_group", mix]
    }

    /// Loudness in a mix presentation is of 1/256 LU and ends at −128: silence has no other number.
    private static func layout(_ system: String, _ loudness: Loudness) -> String {
        func number(_ value: Double?) -> String { String(format: "%.3f", max(-127, min(127, value ?? -127))) }
        return "layout=sound_system=\(system):integrated_loudness=\(number(loudness.integrated))"
            + ":digital_peak=\(number(loudness.samplePeak)):true_peak=\(number(loudness.truePeak))"
    }
}
