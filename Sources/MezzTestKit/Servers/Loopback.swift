import Foundation
import Glibc

/// Sockets on 127.0.0.1, for servers of tests.
package enum Loopback {
    /// A port that nobody listens on at this moment.
    package static func freePort() throws -> Int {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    /// Takes a port that has just become free, so that no other server comes to listen there; who connects is refused.
    /// - Returns: what to close when the port may be free again.
    package static func hold(_ port: Int) throws -> Int32 {
        let handle = makeSocket()
        var on: Int32 = 1
        setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = address(port)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound else { throw Failed(code: errno) }
        return handle
    }

    /// A socket that listens on a free port.
    package static func listen() throws -> (socket: Int32, port: Int) {
        let handle = makeSocket()
        var address = address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, length) == 0 && getsockname(handle, $0, &length) == 0
            }
        }
        guard isBound, Glibc.listen(handle, 128) == 0 else { throw Failed(code: errno) }
        return (handle, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A socket connected to a port; `nil` when nobody listens there.
    package static func connect(_ port: Int) -> Int32? {
        let handle = makeSocket()
        var address = address(port)
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(handle)
            return nil
        }
        return handle
    }

    private static func makeSocket() -> Int32 {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var on: Int32 = 1
        setsockopt(handle, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return handle
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// The system gives no socket.
    package struct Failed: Error {
        /// Its `errno`.
        package let code: Int32
    }
}
