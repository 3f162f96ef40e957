/// A relative reference of a manifest, as a path inside the package.
package enum ManifestReference: Hashable, Sendable {
    case inside(String)
    /// It leads out of the package, or tries to: another scheme, an absolute path, a step up, an odd character.
    case escaping

    /// Resolves `reference` against the manifest at `base`, both relative to the package's folder.
    package init(_ reference: String, from base: String) {
        guard let components = Self.components(of: reference) else {
            self = .escaping
            return
        }
        let folder = base.split(separator: "/").dropLast().map(String.init)
        self = .inside((folder + components).joined(separator: "/"))
    }

    private static func components(of reference: String) -> [String]? {
        guard !reference.isEmpty, reference.utf8.count <= 4096, !reference.hasPrefix("/") else { return nil }
        var components: [String] = []
        // A colon anywhere may make a scheme; queries and fragments name no file.
        for scalar in reference.unicodeScalars
        where scalar.value < 0x20 || scalar.value == 0x7F || ":\\?#|".unicodeScalars.contains(scalar) { return nil }
        for part in reference.split(separator: "/", omittingEmptySubsequences: false) {
            guard let name = decoded(part), !name.isEmpty, name != ".", name != "..",
                !name.unicodeScalars.contains(where: { $0 == "/" || $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F })
            else { return nil }
            components.append(name)
        }
        return components
    }

    /// The text without percent escapes; `nil` where they are broken.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
