package import Foundation
import Glibc
import Synchronization

/// An HTTP server on the loopback whose answers a test writes, byte for byte.
package final class LoopbackHTTP: Sendable {
    /// A request that came.
    package struct Request: Sendable {
        /// `GET`, `PUT` and so on.
        package let method: String
        /// The path with its query.
        package let target: String
        /// How many came before.
        package let number: Int
        private let message: FaultyMessage

        init(_ message: FaultyMessage, number: Int) {
            let words = message.firstLine.split(separator: " ").map(String.init)
            method = words.first ?? ""
            target = words.count > 1 ? words[1] : ""
            self.number = number
            self.message = message
        }

        /// What came with it.
        package var body: Data { message.body }

        /// The value of a header, whose name is in lower case.
        package func header(_ name: String) -> String? { message.header(name) }
    }

    /// `http://127.0.0.1:PORT`.
    package let endpoint: String
    private let listener: Int32
    private let log: Mutex<[Request]>

    /// - Parameter answer: the bytes to send; the connection is closed after them.
    package init(_ answer: @escaping @Sendable (Request) -> Data) throws {
        let (socket, port) = try Loopback.listen()
        endpoint = "http://127.0.0.1:\(port)"
        listener = socket
        log = Mutex([])
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0 else { break }
                guard let server = self else { break }
                Thread.detachNewThread { server.serve(FaultySocket(client), answer) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// All requests so far.
    package var requests: [Request] { log.withLock { $0 } }

    /// An answer with a body of its own length.
    package static func answer(_ status: Int, _ body: String = "", headers: [String] = []) -> Data {
        let lines = ["HTTP/1.1 \(status) X", "Connection: close", "Content-Length: \(body.utf8.count)"] + headers
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    private func serve(_ client: FaultySocket, _ answer: (Request) -> Data) {
        guard let message = client.readMessage() else { return }
        let request = log.withLock { log in
            let request = Request(message, number: log.count)
            log.append(request)
            return request
        }
        _ = client.write(answer(request))
    }
}
