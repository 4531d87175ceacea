"""git's own server over HTTP (`git http-backend`), behind a few lines that a web server would have:
`python -m bench.git_http FOLDER` says where it answers, and serves the repositories in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

BACKEND = ("git", "http-backend")


class Answering(BaseHTTPRequestHandler):
    """One request, handed to git as CGI has it."""

    protocol_version = "HTTP/1.1"
    root = Path()

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, body: bytes) -> None:
        at = urlsplit(self.path)
        told = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": at.path,
            "QUERY_STRING": at.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(BACKEND, input=body, capture_output=True, check=True, env=told)
        head, _blank, answer = done.stdout.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().split("\r\n"):
            name, _colon, value = line.partition(": ")
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def main(folder: str) -> None:
    Answering.root = Path(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
