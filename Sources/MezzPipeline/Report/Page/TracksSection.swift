/// Sound and timed text.
struct TracksSection {
    let context: PageContext

    func audio() -> Markup {
        let rows = context.report.audio.map { track -> Markup in
            let loudness = track.loudness
            return """
                <tr><th scope="row"><code>\(track.id)</code></th><td>\(track.language)</td><td>\(track.codec)</td>\
                <td class="n">\(channels(track.channels))</td><td class="n">\(Figures.kbps(track.bps))</td>\
                <td class="n">\(Figures.fixed(loudness?.sourceIntegratedLKFS, 1))</td>\
                <td class="n">\(Figures.fixed(loudness?.sourceTruePeakDBTP, 1))</td>\
                <td class="n">\(Figures.signed(loudness?.gainDB, 1))</td>\
                <td class="n">\(Figures.fixed(loudness?.integratedLKFS, 1))</td>\
                <td class="n">\(Figures.fixed(loudness?.dialogueLKFS, 1))</td>\
                <td class="n">\(Figures.fixed(loudness?.truePeakDBTP, 1))</td>\
                <td class="n">\(Figures.fixed(loudness?.rangeLU, 1))</td></tr>

                """
        }
        guard !rows.isEmpty else { return "" }
        return .section(
            "audio", "Audio",
            note: "Loudness by ITU-R BS.1770, measured before the gain and again after the encode was decoded.",
            .table(
                "Audio tracks",
                head: """
                    <tr><th rowspan="2">Track</th><th rowspan="2">Language</th><th rowspan="2">Codec</th>\
                    <th rowspan="2" class="n">Channels</th><th rowspan="2" class="n">Bitrate<br/>kbps</th>\
                    <th colspan="2" class="g">Source</th><th rowspan="2" class="n">Gain<br/>dB</th>\
                    <th colspan="4" class="g">Delivered</th></tr>
                    <tr><th class="n">integrated<br/>LKFS</th><th class="n">true peak<br/>dBTP</th>\
                    <th class="n">integrated<br/>LKFS</th><th class="n">dialogue<br/>LKFS</th>\
                    <th class="n">true peak<br/>dBTP</th><th class="n">range<br/>LU</th></tr>
                    """,
                rows: rows.joined()))
    }

    func text() -> Markup {
        let rows = context.report.text.map { track -> Markup in
            """
            <tr><th scope="row"><code>\(track.id)</code></th><td>\(track.language)</td><td>\(track.name ?? "")</td>\
            <td>\(track.kind ?? "")</td><td>\(track.sourceFormat ?? "")</td><td>\(track.format)</td>\
            <td class="n">\(track.cues.map(String.init) ?? "–")</td></tr>

            """
        }
        guard !rows.isEmpty else { return "" }
        return .section(
            "text", "Timed text",
            .table(
                "Text tracks",
                head: """
                    <tr><th>Track</th><th>Language</th><th>Name</th><th>Kind</th><th>From</th><th>Format</th>\
                    <th class="n">Cues</th></tr>
                    """,
                rows: rows.joined()))
    }

    private func channels(_ count: Int) -> String {
        switch count {
        case 1: "mono"
        case 2: "stereo"
        case 6: "5.1"
        case 8: "7.1"
        default: String(count)
        }
    }
}
