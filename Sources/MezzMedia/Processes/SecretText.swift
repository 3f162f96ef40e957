/// Text for a tool's standard input that nothing else may show: no description, no reflection, no coding.
package struct SecretText: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package var description: String { "\(bytes.count) secret bytes" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
