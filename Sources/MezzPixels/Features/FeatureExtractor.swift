/// Computes features of frames: numbers that say how an encode differs from its reference, for several encodes of the
/// same reference at once, so that what depends on the reference alone is done once.
///
/// A frame goes through `begin`, then phase by phase through `run`, then `finish`. Items of one phase are independent:
/// they may run on any threads in any order and never change one bit of the result.
package protocol FeatureExtractor: AnyObject, Sendable {
    /// libvmaf's names of the features, with its suffixes for options that are not the default.
    var names: [String] { get }
    /// Whether it needs every reference frame, in order, even those that are not scored (motion). Its `begin` is then
    /// also called without encodes.
    var followsTime: Bool { get }
    var phases: Int { get }
    /// Takes the frame's pictures; all have the format the extractor was made for.
    func begin(reference: Picture, distorted: [Picture])
    /// Work items of a phase: about as many as the `bands` the extractor was made with.
    func items(in phase: Int) -> Int
    func run(phase: Int, item: Int)
    /// - Returns: For each encode its values, in the order of `names`.
    func finish() -> [[Double]]
}
