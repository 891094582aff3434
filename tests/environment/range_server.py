"""A server on this machine that can do what servers of data do: ranges, validators, breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """What is served, how it misbehaves, and what was asked of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    tags: bool = True
    """Whether it sends an ETag."""
    dates: bool = True
    """Whether it sends Last-Modified."""
    ranges: bool = True
    """Whether it knows Range."""
    break_after: int | None = None
    """Bytes after which it closes the connection, once."""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and Range of each request."""
    url: str = ""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("Range")))
            content = site.files.get(self.path)
            if content is None:
                self.send_error(404, "Not Found")
                return
            tag = f'"{hash(content)}"' if site.tags else None
            date = f"Tue, 0{len(content) % 9 + 1} Mar 2022 00:00:00 GMT" if site.dates else None
            first = self._first(tag, date)
            if first is not None and first >= len(content):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(content)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200 if first is None else 206)
            if first is not None:
                self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
            for name, value in (("ETag", tag), ("Last-Modified", date)):
                if value:
                    self.send_header(name, value)
            rest = content[first or 0 :]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            if site.break_after is not None:
                rest, site.break_after = rest[: site.break_after], None
                self.close_connection = True
            self.wfile.write(rest)

        def _first(self, tag: str | None, date: str | None) -> int | None:
            """First byte that is wanted, if a part is wanted and the file is still the same."""
            wanted = self.headers.get("Range")
            same = self.headers.get("If-Range") in (tag, date)
            return int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and site.ranges and same else None

    return Handler


@contextmanager
def serving(**files: bytes) -> Iterator[Site]:
    """Serve files on a free port of 127.0.0.1 while the block runs; ``a__tif`` stands for ``/a.tif``."""
    site = Site({f"/{name.replace('__', '.')}": content for name, content in files.items()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
