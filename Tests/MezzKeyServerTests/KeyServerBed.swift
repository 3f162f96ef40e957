import Foundation
import MezzCore
import MezzKeyServer
import MezzPackaging
import MezzTestKit

/// Key servers for tests, and questions to them.
enum KeyServerBed {
    static func contract(_ id: String = "title 1") throws -> SPEKEContract {
        try SPEKEContract(contentID: id, scheme: .cbcs, systems: [.widevine], labels: [.audio, .hd])
    }

    /// What a server says to a request: the same document, with a key that follows from each identifier.
    static func answer(_ request: Data) -> String {
        String(decoding: request, as: UTF8.self).replacing(#/(<cpix:ContentKey kid="([^"]*)"[^>]*)/>/#) { match in
            let key = Data(ContentHash.of(Data(match.2.utf8)).hex.utf8.prefix(16)).base64EncodedString()
            return
                "\(match.1)><cpix:Data><pskc:Secret><pskc:PlainValue>\(key)</pskc:PlainValue></pskc:Secret></cpix:Data>"
                + "</cpix:ContentKey>"
        }
    }

    static func server(_ endpoint: String, headers: String = "", seconds: Double = 20) throws -> KeyServer {
        KeyServer(
            try KeyServerAddress("speke:" + endpoint + "/speke/v2.0?token=hidden"),
            headers: try KeyServerHeaders(headers),
            seconds: seconds, pause: .milliseconds(20))
    }

    static func ask(_ endpoint: String, headers: String = "", seconds: Double = 20) async throws -> KeyReading {
        try await server(endpoint, headers: headers, seconds: seconds).keys(contract(), privateKey: nil)
    }

    /// A server over TLS that answers as the one above, for the folder's own certificate; `$1` is the folder.
    static let secureScript = """
        import base64, hashlib, http.server, re, ssl, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *rest): pass
            def do_POST(self):
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                def filled(match):
                    key = base64.b64encode(hashlib.md5(match[2].encode()).digest()).decode()
                    return (match[1] + "><cpix:Data><pskc:Secret><pskc:PlainValue>" + key +
                        "</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>")
                body = re.sub('(<cpix:ContentKey kid="([^"]*)"[^>]*)/>', filled, text).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1] + "/certificate", sys.argv[1] + "/key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.serve_forever()
        """
}
