"""Refuses every connection that leaves this machine; Python imports it at start where it is on PYTHONPATH.

The tests put this folder on PYTHONPATH, so the ETL, its worker processes and the dashboard's server are held
to "nothing calls home" as well as the test process. Unix sockets and the loopback range stay open.
"""

import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "::")


def _is_here(host: Any) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    return host is None or text == "" or text.startswith(LOOPBACK)


def refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook (PEP 578): OSError on a look-up of, or a connection or datagram to, another machine."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise OSError(f"the tests run offline, but something connects to {address[0]!r}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_here(arguments[0]):
        raise OSError(f"the tests run offline, but something looks up {arguments[0]!r}")


sys.addaudithook(refuse_outside)
