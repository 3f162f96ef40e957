internal import CCurl
internal import MezzStorage

/// What libcurl's callbacks read from and write to during one transfer. Only the thread of the transfer touches it.
final class Exchange {
    /// Larger headers end the transfer.
    private static let headerLimit = 64 << 10
    /// An error's body beyond this is cut: it only explains.
    private static let errorLimit = 64 << 10

    private let request: HTTPRequest
    private let isCancelled: () -> Bool
    private var sent = 0
    private var headerBytes = 0
    private(set) var status = 0
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    /// How many bytes went to the target.
    private(set) var placed = 0
    /// Why a callback ended the transfer.
    private(set) var fault: HTTPFault?

    init(_ request: HTTPRequest, isCancelled: @escaping () -> Bool) {
        self.request = request
        self.isCancelled = isCancelled
    }

    /// Puts the next bytes of the request's body into the buffer.
    func send(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard case .blocks(let count, let read) = request.body else { return 0 }
        let wanted = min(buffer.count, count - sent)
        guard wanted > 0 else { return 0 }
        do throws(StoreError) {
            let got = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), sent)
            guard got > 0 else {
                return end(.refused("the file became shorter while it was sent"), with: Int(CURL_READFUNC_ABORT))
            }
            sent += got
            return got
        } catch {
            return end(.local(error), with: Int(CURL_READFUNC_ABORT))
        }
    }

    /// Goes back in the request's body, which libcurl needs when a kept connection turns out to be dead.
    func seek(_ offset: Int) { sent = offset }

    /// Takes a line of the headers.
    func header(_ line: UnsafeRawBufferPointer) -> Int {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            return end(.lost("the answer's headers are larger than \(Self.headerLimit) bytes"), with: 0)
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // After "100 Continue" another answer follows.
            headers = [:]
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        } else if let colon = text.firstIndex(of: ":") {
            let name = text[..<colon].lowercased()
            let value =
                text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                .split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            headers[name] = headers[name].map { "\($0),\(value)" } ?? value
        }
        return line.count
    }

    /// Takes bytes of the answer's body.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch request.target {
        case .object(let range, let write) where (200..<300).contains(status):
            return place(bytes, range, write)
        case .memory(let limit) where (200..<300).contains(status):
            guard body.count + bytes.count <= limit else {
                return end(.lost("the answer is larger than \(limit) bytes"), with: 0)
            }
            body += bytes
        default:
            body += bytes.prefix(max(0, Self.errorLimit - body.count))
        }
        return bytes.count
    }

    /// Other than 0 ends the transfer.
    func progress() -> Int32 {
        guard isCancelled() else { return 0 }
        fault = fault ?? .cancelled
        return 1
    }

    private func place(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>,
        _ write: (UnsafeRawBufferPointer, Int) throws(StoreError) -> Void
    ) -> Int {
        guard placed > 0 || Self.isAnswer(status, headers, to: range) else {
            return end(.lost("the server sent other bytes than bytes \(range) of the object"), with: 0)
        }
        guard placed + bytes.count <= range.count else {
            return end(.lost("the server sent more than the \(range.count) bytes asked for"), with: 0)
        }
        do throws(StoreError) {
            try write(bytes, range.lowerBound + placed)
            placed += bytes.count
            return bytes.count
        } catch {
            return end(.local(error), with: 0)
        }
    }

    /// Whether the headers announce exactly `range`. A server that ignores `Range` sends all with status 200.
    private static func isAnswer(_ status: Int, _ headers: [String: String], to range: Range<Int>) -> Bool {
        guard status == 206 else {
            return range.lowerBound == 0 && headers["content-length"] == String(range.count)
        }
        return headers["content-range"]?.hasPrefix("bytes \(range.lowerBound)-\(range.upperBound - 1)/") ?? false
    }

    private func end(_ fault: HTTPFault, with result: Int) -> Int {
        self.fault = fault
        return result
    }
}
