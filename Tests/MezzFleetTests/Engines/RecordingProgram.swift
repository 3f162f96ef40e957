import Foundation
import MezzMedia
import MezzTestKit

/// A program that writes down how it was called, in place of an engine's client.
struct RecordingProgram {
    /// One call.
    struct Call {
        let arguments: [String]
        let environment: [String: String]

        func value(of option: String) -> String? {
            arguments.first { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
        }
    }

    private let folder: TestFolder
    private let name: String

    /// - Parameter body: Shell commands that follow the recording; `"$@"` are the arguments.
    init(_ name: String, in folder: TestFolder, body: String = "") throws {
        self.folder = folder
        self.name = name
        let (records, unfinished) = (folder("records-\(name)"), folder("unfinished-\(name)"))
        for path in [records, unfinished] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let script = """
            #!/bin/sh
            name=$(date +%s.%N)-$$
            call="\(unfinished)/$name"
            mkdir "$call"
            for word in "$@"; do printf '%s\\0' "$word"; done >"$call/arguments"
            env -0 >"$call/environment"
            for word in "$@"; do [ ! -f "$word" ] || cp "$word" "$call/file"; done
            for word in "$@"; do case $word in --filename=*) cp "${word#--filename=}" "$call/file";; esac; done
            mv "$call" "\(records)/$name"
            \(body)

            """
        let path = try folder.write(Data(script.utf8), to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// A runner that finds the programs recorded in `folder`, and the system's shell tools.
    static func runner(in folder: TestFolder, environment: [String: String] = [:]) -> ClientRunner {
        ClientRunner(path: folder.path, environment: environment)
    }

    /// The calls so far, in order.
    var calls: [Call] {
        get throws {
            try folder.names(in: "records-\(name)").map { call in
                let base = "records-\(name)/\(call)/"
                let pairs = try Self.words(folder.data(base + "environment")).map { word in
                    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
                }
                return Call(
                    arguments: Self.words(try folder.data(base + "arguments")),
                    environment: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
            }
        }
    }

    /// The last file that a call was given, as it was then.
    func file(ofCall index: Int) throws -> Data {
        let names = folder.names(in: "records-\(name)")
        return try folder.data("records-\(name)/\(names[index])/file")
    }

    private static func words(_ data: Data) -> [String] {
        data.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
