"""Pictures, posters of videos and portraits as SVG, each from its name alone."""

from __future__ import annotations

from random import Random

from instagram_async.server.scenes import HEIGHT, PALETTES, WIDTH, draw_scene

# A filter lays a colour over the picture, so thick; names that are not here leave it as it is.
_TINTS = {
    "clarendon": ("#1d7fd1", 0.16),
    "juno": ("#ffcf4d", 0.16),
    "lark": ("#ffffff", 0.18),
    "valencia": ("#e0a03c", 0.24),
    "x-pro-ii": ("#402a00", 0.22),
    "ludwig": ("#8a1c1c", 0.12),
}


def picture(name: str, look: str, width: int, height: int, *, is_video: bool = False) -> bytes:
    """Draw a picture.

    Args:
        name: decides on what is on it; its other sizes show the same, cut to their shape.
        look: the filter, as `look_of` writes it.
        width: in pixels.
        height: in pixels.
        is_video: whether there is a play mark on it.
    """
    tall = WIDTH * height / width
    top = (HEIGHT - tall) / 2
    shapes = draw_scene(Random(name))  # noqa: S311 - a game, not a secret
    if look in _TINTS:
        colour, thick = _TINTS[look]
        shapes += f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}" opacity="{thick}"/>'
    if is_video:
        shapes += (
            '<circle cx="50" cy="62.5" r="13" fill="#000" opacity=".45"/>'
            '<path d="M46 55.5l12 7-12 7z" fill="#fff"/>'
        )
    return _svg(shapes, width, height, f"0 {top:g} {WIDTH} {tall:g}")


def portrait(user_id: str) -> bytes:
    """Draw a user's profile picture, 150 pixels wide and high (reference B.2).

    Args:
        user_id: decides on what he looks like.
    """
    rng = Random(user_id)  # noqa: S311 - a game, not a secret
    palette = rng.choice(PALETTES)
    skin = rng.choice(("#f3cfb3", "#e0ac87", "#c68642", "#8d5524", "#5f3a20"))
    hair = rng.choice(("#2b1d16", "#5a3825", "#b5803f", "#d9d2c7", palette.land[2]))
    fringe = rng.uniform(28, 44)
    shapes = (
        f'<rect width="100" height="100" fill="{palette.low}"/>'
        f'<circle cx="50" cy="42" r="24" fill="{hair}"/>'
        f'<rect x="{rng.choice((26, 30, 50))}" y="42" width="24" height="26" fill="{hair}"/>'
        f'<rect x="43" y="58" width="14" height="18" fill="{skin}"/>'
        f'<ellipse cx="50" cy="46" rx="18" ry="21" fill="{skin}"/>'
        f'<path d="M31 44A19 22 0 0 1 69 44Q58 {fringe:.1f} 44 31Q40 40 31 44Z" fill="{hair}"/>'
        f'<path d="M14 100C14 80 32 72 50 72S86 80 86 100Z" fill="{palette.land[1]}"/>'
    )
    return _svg(shapes, 150, 150, "0 0 100 100")


def _svg(shapes: str, width: int, height: int, box: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{box}">{shapes}</svg>\n'
    ).encode()
