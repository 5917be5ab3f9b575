"""`GET` of the pictures whose URLs a seeded world's media and people carry."""

from __future__ import annotations

from aiohttp import web

from instagram_async.server.drawing import picture, portrait

_HEADERS = {
    # Opened by itself, an SVG is a document; this one can do nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=86400",
}
_SIZE = "{width:[1-9][0-9]{0,3}}x{height:[1-9][0-9]{0,3}}"
_PATH = f"{{name:[A-Za-z0-9_-]+(?:/[0-9]+)?}}/{{look:[a-z0-9-]+}}/{_SIZE}.svg"


def add_gallery(router: web.UrlDispatcher) -> None:
    """Add the pictures' paths; they are not API, so no limit counts them and no log has them.

    Args:
        router: of the server's application.
    """
    router.add_get(f"/{{kind:pictures|videos}}/{_PATH}", _picture)
    router.add_get("/portraits/{id}.svg", _portrait)


async def _picture(request: web.Request) -> web.Response:
    asked = request.match_info
    drawn = picture(
        asked["name"],
        asked["look"],
        int(asked["width"]),
        int(asked["height"]),
        is_video=asked["kind"] == "videos",
    )
    return _sent(drawn)


async def _portrait(request: web.Request) -> web.Response:
    return _sent(portrait(request.match_info["id"]))


def _sent(drawn: bytes) -> web.Response:
    return web.Response(body=drawn, content_type="image/svg+xml", headers=_HEADERS)
