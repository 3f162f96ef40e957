import MezzAudio
import MezzCore

/// What `mezz adm` found, in the shape of its JSON.
struct ADMReport: Encodable {
    let source: String
    let adm: ADMFile
    var rendering: ADMRendering?
    var iamf: IAMFDelivery?

    init(source: String, adm: ADMFile) {
        self.source = source
        self.adm = adm
    }

    var findings: [Finding] { adm.findings + (rendering?.findings ?? []) + (iamf?.findings ?? []) }
    var passed: Bool { !findings.contains { $0.severity == .error } }

    private enum CodingKeys: String, CodingKey { case source, passed, adm, rendering, iamf, findings }
    private enum RenderingKeys: String, CodingKey {
        case layout, renderer
        case overload = "overload_dbfs"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(passed, forKey: .passed)
        try container.encode(adm.listing, forKey: .adm)
        try container.encode(findings, forKey: .findings)
        try container.encode(iamf.map(IAMFDocument.init), forKey: .iamf)
        guard let rendering else { return try container.encodeNil(forKey: .rendering) }
        var inner = container.nestedContainer(keyedBy: RenderingKeys.self, forKey: .rendering)
        try inner.encode(rendering.layout, forKey: .layout)
        try inner.encode(rendering.renderer, forKey: .renderer)
        try inner.encode(rendering.overload, forKey: .overload)
    }
}

private struct IAMFDocument: Encodable {
    let delivery: IAMFDelivery

    private enum CodingKeys: String, CodingKey {
        case layout, codec
        case bitsPerChannel = "bits_per_second_and_channel"
        case integrated = "integrated_lkfs"
        case stereoIntegrated = "stereo_integrated_lkfs"
        case truePeak = "true_peak_dbtp"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(delivery.layout, forKey: .layout)
        try container.encode(delivery.codec, forKey: .codec)
        try container.encode(delivery.bitsPerChannel, forKey: .bitsPerChannel)
        try container.encode(delivery.loudness.integrated, forKey: .integrated)
        try container.encode(delivery.stereo.integrated, forKey: .stereoIntegrated)
        try container.encode(delivery.loudness.truePeak, forKey: .truePeak)
    }
}
