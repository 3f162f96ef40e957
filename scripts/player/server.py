"""Serves the player and packages on the loopback interface, with byte ranges, and remembers what was asked for."""
import http.server
import os
import re
import threading
import urllib.parse

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mpd": "application/dash+xml",
    ".m3u8": "application/vnd.apple.mpegurl", ".mp4": "video/mp4", ".m4s": "video/iso.segment", ".vtt": "text/vtt",
}


class Server:
    def __init__(self, folders):
        """folders: what /NAME/ leads to, by name."""
        self.folders = {name: os.path.realpath(folder) for name, folder in folders.items()}
        self.answers = []
        self._http = Listener(("127.0.0.1", 0), Handler)
        self._http.files = self
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._http.server_port}"

    def close(self):
        self._http.shutdown()
        self._http.server_close()

    def path(self, url):
        """The file a URL leads to; None for one outside the folders."""
        parts = urllib.parse.unquote(urllib.parse.urlsplit(url).path).lstrip("/").split("/", 1)
        folder = self.folders.get(parts[0])
        if folder is None or len(parts) < 2:
            return None
        file = os.path.realpath(os.path.join(folder, parts[1]))
        return file if file.startswith(folder + os.sep) and os.path.isfile(file) else None


class Listener(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A browser hangs up when it has had enough."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        try:
            status = self.answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection, status = True, 0
        self.server.files.answers.append((status, self.path))

    def answer(self):
        file = self.server.files.path(self.path)
        if file is None:
            return self.send(404, b"", "text/plain")
        with open(file, "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            asked = self.headers.get("Range")
            if asked is None:
                return self.send(200, stream.read(), self.type(file))
            match = re.fullmatch(r"bytes=(\d+)-(\d*)", asked)
            first = int(match[1]) if match else size
            last = min(int(match[2]) if match and match[2] else size - 1, size - 1)
            if first > last:
                return self.send(416, b"", "text/plain", f"bytes */{size}")
            stream.seek(first)
            return self.send(206, stream.read(last - first + 1), self.type(file), f"bytes {first}-{last}/{size}")

    def send(self, status, body, kind, range=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        if range:
            self.send_header("Content-Range", range)
        self.end_headers()
        self.wfile.write(body)
        return status

    @staticmethod
    def type(file):
        return TYPES.get(os.path.splitext(file)[1], "application/octet-stream")
