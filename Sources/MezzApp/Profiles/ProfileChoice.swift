import Foundation
import MezzCore
import MezzEncode

/// What `--profile` names: a built-in profile, or a file.
enum ProfileChoice {
    /// - Throws: `Failure` with `usage` for an unknown name, with `input` for a file that cannot be used.
    static func read(_ text: String) throws(Failure) -> EncodingProfile {
        if let known = ProfileCatalog.named(text) { return known }
        guard text.hasSuffix(".yaml") || text.hasSuffix(".yml") || text.contains("/") else {
            let names = ProfileCatalog.all.map(\.name).joined(separator: ", ")
            throw Failure(
                .usage, what: "there is no profile of this name", place: "--profile \(text.printable)",
                remedy: "use \(names), or a file that ends in .yaml; mezz profiles NAME prints one to begin with")
        }
        return try file(text)
    }

    private static func file(_ path: String) throws(Failure) -> EncodingProfile {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: (64 << 10) + 1)
        else {
            throw Failure(.input, what: "the profile cannot be read", place: path.printable, remedy: "check the path")
        }
        do {
            return try EncodingProfile(yaml: String(decoding: data, as: UTF8.self))
        } catch {
            throw Failure(
                .input, what: "the profile cannot be used: \(error.what.printable)",
                place: path.printable + (error.line.map { ", line \($0)" } ?? ""),
                remedy: "mezz profiles standard prints one that can be; docs/profiles.md lists all keys")
        }
    }
}
