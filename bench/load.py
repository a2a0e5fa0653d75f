"""A small load generator on plain sockets: 16 kept-open connections to this machine, for two seconds."""

import selectors
import socket
import time
from urllib.parse import quote

CONNECTIONS = 16
SECONDS = 2.0


def requests_per_second(port: int, path: str) -> float:
    """Return the answers per second of ``path`` on 127.0.0.1; raises ValueError at the first answer that is not 200."""
    request = (
        f"GET {quote(path, safe='/?=&%')} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n"
    ).encode()
    selector = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(request)
        selector.register(connection, selectors.EVENT_READ, bytearray())
    answered, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < SECONDS:
        for key, _ in selector.select(timeout=0.1):
            key.data.extend(key.fileobj.recv(262_144))
            if _is_whole(key.data):
                answered += 1
                key.data.clear()
                key.fileobj.sendall(request)
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    selector.close()
    return answered / elapsed


def _is_whole(received: bytearray) -> bool:
    head, found, _ = bytes(received[:4096]).partition(b"\r\n\r\n")
    if not found:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"the server answered {head[:40]!r}")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    return len(received) >= len(head) + 4 + length
