"""Renditions of pictures and videos that nobody ever took."""

from __future__ import annotations

from random import Random

from instagram_async.models import Images, Rendition, Videos


def draw_images(rng: Random, name: str) -> Images:
    """Draw a picture's renditions, square or not, as from August 2015 on (reference B.1).

    Args:
        rng: decides on the shape.
        name: what their URLs begin with, behind the host.
    """
    shape = rng.choice((1.0, 1.0, 0.75, 1.25))
    return Images(
        thumbnail=_rendition(f"{name}/150.jpg", 150, 1.0),
        low_resolution=_rendition(f"{name}/320.jpg", 320, shape),
        standard_resolution=_rendition(f"{name}/640.jpg", 640, shape),
    )


def draw_videos(name: str) -> Videos:
    """Draw a video's renditions (reference B.1).

    Args:
        name: what their URLs begin with, behind the host.
    """
    low = _rendition(f"{name}/480.mp4", 480, 1.0)
    return Videos(
        low_bandwidth=low,
        low_resolution=low,
        standard_resolution=_rendition(f"{name}/640.mp4", 640, 1.0),
    )


def _rendition(path: str, width: int, shape: float) -> Rendition:
    # The name is reserved for examples, so nothing is ever fetched from it.
    return Rendition(url=f"https://cdn.example/{path}", width=width, height=int(width * shape))
