/// SEI messages that wait for the first slice of their picture: only it tells which sequence they are about.
struct WaitingMessages: Hashable, Sendable {
    private(set) var messages: [SEIMessage] = []

    /// Messages of one picture beyond which further ones are left unread.
    private static let most = 64

    /// Reads the NAL unit's messages: those of `wanted` types wait, the types of all go to `picture`.
    mutating func read(_ bytes: [UInt8], _ payload: Range<Int>, wanted: Set<Int>, of picture: inout CodedPicture) {
        do throws(FormatError) {
            let found = try SEIMessages.read(bytes, payload, isWanted: wanted.contains)
            messages += found.messages.prefix(Self.most - messages.count)
            picture.messages.types += found.types.prefix(PictureMessages.mostTypes - picture.messages.types.count)
        } catch {
            picture.note(error)
        }
    }

    mutating func takeAll() -> [SEIMessage] {
        defer { messages = [] }
        return messages
    }
}
