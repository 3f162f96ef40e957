import Foundation
import Glibc

/// An HTTP request or answer, whole.
struct FaultyMessage {
    /// Up to and with the empty line.
    var head: Data
    var body: Data

    var whole: Data { head + body }

    var firstLine: String { headText.split(separator: "\r\n").first.map(String.init) ?? "" }

    private var headText: String { String(decoding: head, as: UTF8.self) }

    /// Whether the body is an object rather than a document.
    var isObject: Bool { !(header("content-type")?.contains("xml") ?? false) && !body.isEmpty }

    func header(_ name: String) -> String? {
        for line in headText.split(separator: "\r\n").dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    /// The request as the server gets it: it closes the connection after its answer.
    func forwarded() -> Data {
        let lines = headText.split(separator: "\r\n").filter { !$0.lowercased().hasPrefix("connection:") }
        return Data((lines + ["Connection: close", "", ""]).joined(separator: "\r\n").utf8) + body
    }

    mutating func damageBody(at number: UInt64) {
        guard !body.isEmpty else { return }
        let place = body.startIndex + Int(number % UInt64(body.count))
        body[place] ^= 0x20
    }

    mutating func cutBody() { body = body.prefix(body.count / 2) }
}

/// A connection's end, closed with it.
final class FaultySocket {
    private let handle: Int32
    private var pending = Data()

    init(_ handle: Int32) {
        self.handle = handle
    }

    deinit {
        close(handle)
    }

    /// The next request; `nil` when the connection has ended.
    func readMessage() -> FaultyMessage? {
        let end = Data("\r\n\r\n".utf8)
        while true {
            if let range = pending.range(of: end) {
                var message = FaultyMessage(head: Data(pending[..<range.upperBound]), body: Data())
                let length = Int(message.header("content-length") ?? "") ?? 0
                pending = Data(pending[range.upperBound...])
                while pending.count < length { guard receive() else { return nil } }
                message.body = Data(pending.prefix(length))
                pending = Data(pending.dropFirst(length))
                return message
            }
            guard pending.count < 1 << 16, receive() else { return nil }
        }
    }

    /// An answer that ends with the connection.
    func readToEnd() -> FaultyMessage? {
        while receive() {}
        guard let range = pending.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        return FaultyMessage(head: Data(pending[..<range.upperBound]), body: Data(pending[range.upperBound...]))
    }

    /// Writes it all; `false` when the other end is gone.
    func write(_ data: Data) -> Bool {
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Bool in
            var done = 0
            while done < bytes.count {
                let part = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = send(handle, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }

    /// Makes closing a reset rather than an end.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(handle, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    private func receive() -> Bool {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        let count = recv(handle, &block, block.count, 0)
        guard count > 0 else { return false }
        pending.append(contentsOf: block[..<count])
        return true
    }
}

/// Answers that the proxy gives by itself.
enum FaultyAnswers {
    static func error(_ status: Int, _ code: String, to request: FaultyMessage) -> Data {
        let text = "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>injected</Message></Error>"
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let head =
            "HTTP/1.1 \(status) \(code)\r\nDate: \(formatter.string(from: Date()))\r\n"
            + "Content-Type: application/xml\r\nContent-Length: \(text.utf8.count)\r\n\r\n"
        return Data((request.firstLine.hasPrefix("HEAD") ? head : head + text).utf8)
    }

    /// What Amazon answers to a signature whose time is far off.
    static func clockRefusal(_ request: FaultyMessage) -> Data? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
        guard let stamp = request.header("x-amz-date"), let time = formatter.date(from: stamp),
            abs(time.timeIntervalSinceNow) > 300
        else { return nil }
        return error(403, "RequestTimeTooSkewed", to: request)
    }
}
