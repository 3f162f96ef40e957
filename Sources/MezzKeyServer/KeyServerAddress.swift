import Foundation
package import MezzCore

/// Where a key server is, as the command line names it: `speke:https://host/path`.
package struct KeyServerAddress: Sendable, Hashable {
    private static let prefix = "speke:"

    /// Absolute, `https`, or `http` on this machine.
    let url: String
    /// Whether it is on this machine.
    let isLoopback: Bool
    /// For messages: without the query, which may hold a token.
    package let place: String

    /// Whether the text names a key server and no file.
    package static func isNamed(by text: String) -> Bool { text.hasPrefix(prefix) }

    /// - Throws: `Failure` (`usage`) that does not quote the address.
    package init(_ text: String) throws(Failure) {
        let url = String(text.dropFirst(Self.prefix.count))
        guard Self.isNamed(by: text), url.utf8.count <= 4_000, url.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }),
            let parts = URLComponents(string: url), let host = parts.host?.lowercased(), !host.isEmpty
        else {
            throw Self.failure("this is no key server's address", "write speke:https://host/path")
        }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
            throw Self.failure(
                "a key server's address with a user, password or fragment",
                "put credentials in \(KeyServerHeaders.variable)")
        }
        isLoopback = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        guard parts.scheme == "https" || (parts.scheme == "http" && isLoopback) else {
            throw Self.failure("keys travel over https alone", "write speke:https://host/path")
        }
        self.url = url
        place = "\(parts.scheme ?? "")://\(host)\(parts.port.map { ":\($0)" } ?? "")\(parts.percentEncodedPath)"
    }

    private static func failure(_ what: String, _ remedy: String) -> Failure {
        Failure(.usage, what: what, place: "--drm", remedy: remedy)
    }
}
