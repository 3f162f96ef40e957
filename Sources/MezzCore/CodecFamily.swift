/// A codec family: what a player must decode.
package enum CodecFamily: String, Codable, Sendable, CaseIterable, Hashable {
    case avc
    case hevc
    case av1
}
