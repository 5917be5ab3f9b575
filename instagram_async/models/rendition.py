"""The sizes in which a picture or video can be had."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Rendition:
    """One size of a picture or video (reference B.1).

    Attributes:
        url: where to get it.
        width: pixels.
        height: pixels; not always the width, since August 2015.

    Example:
        >>> Rendition(url="http://127.0.0.1/a.jpg", width=640, height=480).height
        480
    """

    url: str
    width: int = 0
    height: int = 0


@frozen(kw_only=True)
class Images:
    """The renditions of a picture (reference B.1).

    Attributes:
        thumbnail: about 150 pixels wide.
        low_resolution: about 306 or 320 pixels wide.
        standard_resolution: about 612 or 640 pixels wide.

    Example:
        >>> Images().thumbnail is None
        True
    """

    thumbnail: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


@frozen(kw_only=True)
class Videos:
    """The renditions of a video (reference B.1).

    Attributes:
        low_bandwidth: for slow lines.
        low_resolution: about 480 pixels wide.
        standard_resolution: about 640 pixels wide.

    Example:
        >>> Videos().low_bandwidth is None
        True
    """

    low_bandwidth: Rendition | None = None
    low_resolution: Rendition | None = None
    standard_resolution: Rendition | None = None


def largest(renditions: Images | Videos | None) -> str | None:
    """URL of the rendition with the most pixels, `None` if there is no rendition.

    Args:
        renditions: the sizes to choose from; of equals the better named one wins.

    Example:
        >>> largest(Images(thumbnail=Rendition(url="http://127.0.0.1/a.jpg")))
        'http://127.0.0.1/a.jpg'
    """
    if renditions is None:
        return None
    small = renditions.thumbnail if isinstance(renditions, Images) else renditions.low_bandwidth
    sizes = (renditions.standard_resolution, renditions.low_resolution, small)
    known = [size for size in sizes if size is not None]
    return max(known, key=lambda size: size.width * size.height).url if known else None
