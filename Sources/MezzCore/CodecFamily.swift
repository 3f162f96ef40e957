/// A codec family: what a player must decode.
///
/// Its name is a key in JSON: a dictionary by codec would else be written as a list in no fixed order, and equal wishes
/// would not have equal bytes.
package enum CodecFamily: String, Codable, CodingKeyRepresentable, Sendable, CaseIterable, Hashable {
    case avc
    case hevc
    case av1
}
