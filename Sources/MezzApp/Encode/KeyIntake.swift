import Foundation
import Glibc
import MezzCore
import MezzKeyServer
import MezzPackaging

/// Reads keys for this process alone.
enum KeyIntake {
    /// - Parameters:
    ///   - source: A file, or `env:NAME`: the variable is taken out of the environment, which every decoder that is
    ///     started inherits.
    ///   - privateKey: Of the recipient of encrypted keys.
    static func read(_ source: String, privateKey: PrivateKey? = nil) throws -> KeyReading {
        guard !KeyServerAddress.isNamed(by: source) else {
            throw Failure(
                .usage, what: "a key server is asked for one title's keys", place: "--drm",
                remedy: "fetch them with mezz keys export, and name the document")
        }
        let reading = try KeyReading.read(KeySource(source), environment: environment, privateKey: privateKey)
        forget(KeySource(source))
        for note in reading.notes { Output.error("note: " + note) }
        return reading
    }

    /// - Parameter source: A PEM file, or `env:NAME` as above.
    static func privateKey(_ source: String?) throws -> PrivateKey? {
        guard let source else { return nil }
        let place = KeySource(source, option: "--drm-private-key", content: "the private key")
        let key = try PrivateKey(place, environment: environment)
        forget(place)
        return key
    }

    /// Asks a key server, with the headers that the environment has for it: they are taken out of it.
    static func ask(_ address: String, _ contract: SPEKEContract, privateKey: PrivateKey?) async throws -> KeyReading {
        let address = try KeyServerAddress(address)
        let headers = try KeyServerHeaders(environment[KeyServerHeaders.variable] ?? "")
        forgetHeaders()
        let reading = try await KeyServer(address, headers: headers).keys(contract, privateKey: privateKey)
        for note in reading.notes { Output.error("note: " + note) }
        return reading
    }

    /// Takes what a key server would be told out of the environment, which every child inherits.
    static func forgetHeaders() { unsetenv(KeyServerHeaders.variable) }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static func forget(_ source: KeySource) {
        if let name = source.variable { unsetenv(name) }
    }
}
