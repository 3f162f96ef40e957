package import MezzCore

/// Something that happened at the intake.
package enum IntakeEvent: Sendable {
    /// An upload was handed on.
    case taken(UploadEvent)
    /// A message told of no upload, and was removed.
    case ignored(message: String)
    /// Taking it failed; the queue gives the message out again, or sets it aside.
    case left(message: String, received: Int, because: String)
    /// The queue cannot be used; it is tried again after the wait.
    case refused(Failure, retryAfter: Duration)
}
