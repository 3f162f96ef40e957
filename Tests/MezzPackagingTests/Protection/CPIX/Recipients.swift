import Foundation
import MezzCore
import MezzPackaging
import MezzTestKit
import Testing

/// Keys and certificates that openssl makes, and openssl itself: another program than ours to hold ours against.
struct Recipients {
    static let isPossible = ServerProcess.program("openssl") != nil

    let folder: TestFolder

    /// Runs a script of the shell in the folder.
    /// - Returns: What it printed.
    @discardableResult
    func shell(_ script: String, _ arguments: String...) async throws -> String {
        let end = try await Child("/bin/sh", ["-ec", script, "sh"] + arguments, in: folder).end(within: 60)
        try #require(end.status == 0, "\(end.errorText)")
        return end.text
    }

    /// Makes a key and its certificate.
    @discardableResult
    func certificate(_ name: String, algorithm: String = "rsa:2048") async throws -> RecipientCertificate {
        try await shell(
            """
            openssl req -x509 -newkey "$2" -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$1" 2>>log
            """, name, algorithm)
        return try RecipientCertificate(file: folder(name + ".pem"))
    }

    func key(_ name: String) throws -> PrivateKey {
        try PrivateKey(KeySource(folder(name + ".key"), option: "--drm-private-key"), environment: [:])
    }
}
