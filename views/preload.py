"""Plotly's script on its way while the page still starts: most pages draw with it, and it is large."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = "/assets/plotly.min.js"
LINK = f"<{SCRIPT[1:]}>; rel=preload; as=script"


class Preload:
    """ASGI middleware that has the browser fetch SCRIPT along with every HTML page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", LINK)
            await send(message)

        await self.app(scope, receive, send_with_link if scope["type"] == "http" else send)
