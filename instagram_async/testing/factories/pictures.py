"""Renditions of pictures and videos that nobody ever took."""

from __future__ import annotations

from instagram_async.models import Images, Rendition, Videos

CDN = "https://cdn.example"  # reserved for examples, so nothing is ever fetched from it


def picture(name: str) -> Images:
    """The renditions of a square picture.

    Args:
        name: what their URLs begin with, behind the host.
    """
    return Images(
        thumbnail=_rendition(name, 150, "jpg"),
        low_resolution=_rendition(name, 320, "jpg"),
        standard_resolution=_rendition(name, 640, "jpg"),
    )


def film(name: str) -> Videos:
    """The renditions of a square video.

    Args:
        name: what their URLs begin with, behind the host.
    """
    low = _rendition(name, 480, "mp4")
    return Videos(
        low_bandwidth=low,
        low_resolution=low,
        standard_resolution=_rendition(name, 640, "mp4"),
    )


def _rendition(name: str, width: int, ending: str) -> Rendition:
    return Rendition(url=f"{CDN}/{name}/{width}.{ending}", width=width, height=width)
