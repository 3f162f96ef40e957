import Foundation

/// Standard output and standard error.
enum Output {
    static func line(_ text: String) { write(text + "\n", to: .standardOutput) }
    static func error(_ text: String) { write(text + "\n", to: .standardError) }

    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return }
        write(String(decoding: data, as: UTF8.self) + "\n", to: .standardOutput)
    }

    static func write(_ text: String, to handle: FileHandle) {
        // A reader that has gone away is no reason to stop the work.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
