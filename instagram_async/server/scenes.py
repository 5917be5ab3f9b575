"""Scenes that nobody ever saw, as shapes of SVG on a canvas of 100 by 125."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from attrs import frozen

WIDTH, HEIGHT = 100, 125  # of the tallest shape, 4 to 5; all others are cut out of its middle


@frozen
class Palette:
    """The colours of one hour of the day.

    Attributes:
        high: the sky above.
        low: the sky at the horizon.
        sun: the sun, the moon, or lit windows.
        land: from the farthest to the nearest.
    """

    high: str
    low: str
    sun: str
    land: tuple[str, str, str]


PALETTES = (
    Palette("#5b8fd6", "#fbd9b0", "#fff3d6", ("#8fa7c9", "#5f7fa3", "#33536f")),
    Palette("#2a2a5a", "#f0706a", "#ffd27d", ("#8a4a78", "#5b3364", "#2d1f42")),
    Palette("#8fd3e8", "#eef9f0", "#ffffff", ("#a9d6a0", "#63ad7a", "#2f7a5b")),
    Palette("#101c3a", "#35507a", "#f4f1de", ("#2b4365", "#1d3050", "#101d33")),
    Palette("#f7b267", "#fde8c4", "#fff6e5", ("#e58a5b", "#bf5b4b", "#7a3b46")),
    Palette("#b8c6db", "#f5e6ea", "#ffd9da", ("#c9a7b8", "#957a99", "#5a5275")),
)


def draw_scene(rng: Random) -> str:
    """Draw a scene; the same numbers give the same scene."""
    palette = rng.choice(PALETTES)
    return rng.choice(_SCENES)(rng, palette)


def _sky(rng: Random, palette: Palette) -> str:
    x, y, radius = rng.uniform(18, 82), rng.uniform(34, 56), rng.uniform(5, 12)
    return (
        '<linearGradient id="sky" x2="0" y2="1">'
        f'<stop stop-color="{palette.high}"/>'
        f'<stop offset=".75" stop-color="{palette.low}"/></linearGradient>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#sky)"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 1.8:.1f}" fill="{palette.sun}" '
        'opacity=".25"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{palette.sun}"/>'
    )


def _ground(line: Sequence[tuple[float, float]], colour: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
    return f'<polygon points="0,{HEIGHT} {points} {WIDTH},{HEIGHT}" fill="{colour}"/>'


def _mountains(rng: Random, palette: Palette) -> str:
    drawn = [_sky(rng, palette)]
    for rank, colour in enumerate(palette.land):
        base, line, x = 72 + 12 * rank, [(0.0, 66.0 + 12 * rank)], 0.0
        while x < WIDTH:
            x += rng.uniform(9, 22)
            line.append((min(x, WIDTH), base - rng.uniform(4, 22) * (len(line) % 2)))
        drawn.append(_ground(line, colour))
    return "".join(drawn)


def _dunes(rng: Random, palette: Palette) -> str:
    drawn = [_sky(rng, palette)]
    for rank, colour in enumerate(palette.land):
        left, middle, right = (66 + 13 * rank + rng.uniform(-9, 9) for _ in range(3))
        drawn.append(
            f'<path d="M0 {left:.1f}C25 {left - 16:.1f} 35 {middle + 16:.1f} 55 {middle:.1f}'
            f'S85 {right - 16:.1f} 100 {right:.1f}V{HEIGHT}H0Z" fill="{colour}"/>'
        )
    return "".join(drawn)


def _sea(rng: Random, palette: Palette) -> str:
    drawn = [_sky(rng, palette)]
    far, middle, near = palette.land
    drawn.append(f'<rect y="70" width="{WIDTH}" height="55" fill="{middle}"/>')
    for _ in range(26):
        depth = rng.random()
        y, length = 71 + 50 * depth**1.5, 3 + 14 * depth * rng.random()
        x, colour = rng.uniform(-5, 95), rng.choice((palette.low, far, near))
        drawn.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{length:.1f}" height="{0.5 + depth:.1f}" '
            f'rx=".5" fill="{colour}" opacity=".6"/>'
        )
    x, y = rng.uniform(15, 70), rng.uniform(72, 86)
    drawn.append(
        f'<path d="M{x:.1f} {y:.1f}h18l-4 5h-10z" fill="{near}"/>'
        f'<path d="M{x + 8:.1f} {y - 1:.1f}v-18l9 18z" fill="{palette.sun}"/>'
        f'<path d="M{x + 6.5:.1f} {y - 1:.1f}v-13l-6 13z" fill="{palette.low}"/>'
    )
    return "".join(drawn)


def _city(rng: Random, palette: Palette) -> str:
    drawn = [_sky(rng, palette)]
    for rank, colour in enumerate(palette.land):
        x = -rng.uniform(0, 6)
        while x < WIDTH:
            wide, top = rng.uniform(8, 16), 46 + 15 * rank + rng.uniform(0, 20)
            drawn.append(
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{HEIGHT - top:.1f}" '
                f'fill="{colour}"/>'
            )
            if rank:
                drawn += _windows(rng, palette.sun, x, top, wide)
            x += wide + rng.uniform(0, 2)
    return "".join(drawn)


def _windows(rng: Random, colour: str, left: float, top: float, wide: float) -> list[str]:
    return [
        f'<rect x="{left + 1.5 + 3 * column:.1f}" y="{top + 3 + 4.5 * row:.1f}" width="1.5" '
        f'height="2" fill="{colour}" opacity=".8"/>'
        for column in range(int((wide - 1.5) / 3))
        for row in range(int((HEIGHT - 20 - top) / 4.5))
        if rng.random() < 0.3
    ]


def _forest(rng: Random, palette: Palette) -> str:
    drawn = [_sky(rng, palette)]
    for rank, colour in enumerate(palette.land):
        foot = 84 + 12 * rank
        drawn.append(f'<rect y="{foot}" width="{WIDTH}" height="{HEIGHT - foot}" fill="{colour}"/>')
        for _ in range(13 - 3 * rank):
            x, tall = rng.uniform(0, WIDTH), rng.uniform(16, 28) + 5 * rank
            half = tall * 0.26
            drawn.append(
                f'<path d="M{x:.1f} {foot - tall:.1f}l{half:.1f} {tall * 0.62:.1f}h-{half / 2:.1f}'
                f"l{half * 0.8:.1f} {tall * 0.4:.1f}h-{half * 2.6:.1f}l{half * 0.8:.1f} "
                f'-{tall * 0.4:.1f}h-{half / 2:.1f}z" fill="{colour}"/>'
            )
    return "".join(drawn)


def _tiles(rng: Random, palette: Palette) -> str:
    colours = (palette.high, palette.low, palette.sun, *palette.land)
    drawn = list[str]()
    for x in range(0, WIDTH, 25):
        for y in range(0, HEIGHT, 25):
            back, front = rng.sample(colours, 2)
            shape = rng.choice(
                (
                    f"M{x} {y}h25a25 25 0 0 1-25 25z",
                    f"M{x + 25} {y + 25}h-25a25 25 0 0 1 25-25z",
                    f"M{x} {y + 12.5}a12.5 12.5 0 0 1 25 0a12.5 12.5 0 0 1-25 0z",
                    f"M{x} {y}h25l-25 25z",
                    f"M{x} {y}h25v12.5h-25z",
                )
            )
            drawn.append(
                f'<path d="M{x} {y}h25v25h-25z" fill="{back}"/><path d="{shape}" fill="{front}"/>'
            )
    return "".join(drawn)


_SCENES: tuple[Callable[[Random, Palette], str], ...] = (
    _mountains,
    _dunes,
    _sea,
    _city,
    _forest,
    _tiles,
)
