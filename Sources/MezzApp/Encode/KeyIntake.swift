import Foundation
import Glibc
import MezzPackaging

/// Reads keys for this process alone.
enum KeyIntake {
    /// - Parameter source: A file, or `env:NAME`: the variable is taken out of the environment, which every decoder that
    ///   is started inherits.
    static func read(_ source: String) throws -> KeyRing {
        let ring = try KeysFile.read(source, environment: ProcessInfo.processInfo.environment)
        if let name = KeysFile.variable(source) { unsetenv(name) }
        return ring
    }
}
