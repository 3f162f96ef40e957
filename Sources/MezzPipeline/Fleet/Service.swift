/// A part of the pipeline that workers can be told to serve alone, so that each scales and fails alone. The cut is the
/// one of Netflix's video encoding services ("Rebuilding Netflix Video Processing Pipeline with Microservices", 2024).
package enum Service: String, CaseIterable, Sendable {
    case inspection
    case complexity
    case ladder
    case encode
    case audio
    case quality
    case package
    case validation

    /// The kinds of tasks that belong to it.
    package var kinds: Set<String> {
        switch self {
        case .inspection: [InspectStage.kind, CheckStage.kind, HashStage.kind]
        case .complexity: [IndexStage.kind, ProbeStage.kind]
        case .ladder: [PlanStage.kind, HDR10PlusStage.kind, LadderStage.kind, MusterStage.kind, GateStage.kind]
        case .encode: [EncodeStage.kind, AssembleStage.kind]
        case .audio: [AudioStage.kind, TextStage.kind]
        case .quality: [MeasureStage.kind]
        case .package: [PackageStage.kind, ProtectStage.kind, ThumbnailStage.kind, TileStage.kind]
        case .validation: [VerifyStage.kind, VerifyProtectionStage.kind]
        }
    }
}
