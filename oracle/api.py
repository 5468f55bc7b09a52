"""A loopback stand-in for the API: it keeps what is asked and refuses everything."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REFUSAL = b'{"type":"error","error":{"type":"invalid_request_error","message":"refused by the probe"}}'
"""Not tried again; without a token count from the API the program falls back on its own estimate."""


@dataclass(slots=True)
class Api:
    """The address to give the program as `ANTHROPIC_BASE_URL`, and the message requests it has sent there."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def served() -> Iterator[Api]:
    """An API of its own for one run, on a free loopback port."""
    api = Api()

    class Exchange(BaseHTTPRequestHandler):
        wbufsize = -1  # an answer in one piece does not wait for an acknowledgement

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.path.split("?")[0] == "/v1/messages":
                api.requests.append(json.loads(body))
            self.send_response(400)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(REFUSAL)))
            self.end_headers()
            self.wfile.write(REFUSAL)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Exchange) as server:
        api.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield api
        finally:
            server.shutdown()
