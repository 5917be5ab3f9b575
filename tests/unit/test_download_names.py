"""What a media's files are called, and which they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from instagram_async import CarouselItem, Images, Rendition, Videos
from instagram_async.downloads.kinds import EXTENSIONS
from instagram_async.downloads.names import stem_of
from instagram_async.downloads.wanted import Wanted, wanted
from tests.support.cdn import images, media_of

ODD = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "~root",
    "a\0b",
    "64_9\n",
    "64_9/",
    "64_9.jpg",
    "64_9-02",
    "64__9",
    "_9",
    "\u0666\u0664_9",  # digits, and none of ours
    "CON",
    "9" * 25,
    "1" * 300,
    "64_9_1",
    "\ud800",
    "-rf",
    "https://cdn.example/a.jpg",
]
PLAIN = re.compile(r"(?:[0-9]{1,24}(?:_[0-9]{1,24})?|media-[0-9a-f]{40})(?:-[0-9]{2,})?", re.ASCII)
IDS = st.one_of(
    st.text(),
    st.sampled_from(ODD),
    st.from_regex(r"[0-9]{1,24}(_[0-9]{1,24})?", fullmatch=True),
    st.text("./\\_-0123456789 \0:*", max_size=12),
)


@pytest.mark.parametrize("media_id", ["64_9", "64", "1023662817057701925_934030055", "0" * 24])
def test_an_id_of_v1_is_the_name(media_id: str) -> None:
    assert stem_of(media_id) == media_id
    assert stem_of(media_id, 1) == f"{media_id}-01"
    assert stem_of(media_id, 12) == f"{media_id}-12"
    assert stem_of(media_id, 123) == f"{media_id}-123"


@pytest.mark.parametrize("media_id", ODD)
def test_any_other_is_a_hash(media_id: str) -> None:
    assert re.fullmatch(r"media-[0-9a-f]{40}", stem_of(media_id))


def test_no_two_ids_share_a_name() -> None:
    names = [stem_of(one, number) for one in {*ODD, "64_9", "64"} for number in (None, 1, 2, 10)]
    assert len(set(names)) == len(names)


@given(IDS, st.none() | st.integers(1, 500), st.sampled_from(sorted(EXTENSIONS.values())))
def test_whatever_an_id_says_its_file_is_in_the_folder(
    media_id: str, number: int | None, extension: str
) -> None:
    stem = stem_of(media_id, number)
    assert PLAIN.fullmatch(stem)
    folder = Path("/srv/pictures")
    for name in (f"{stem}.{extension}", f"{stem}.part", f"{stem}.part.json"):
        assert (folder / name).resolve().parent == folder
        assert len(name) < 100


@given(IDS, IDS, st.none() | st.integers(1, 20), st.none() | st.integers(1, 20))
def test_a_name_is_one_medias_alone(
    one: str, other: str, first: int | None, second: int | None
) -> None:
    same = (one, first) == (other, second)
    assert (stem_of(one, first) == stem_of(other, second)) is same


def test_a_media_is_its_largest_video_or_else_its_largest_picture() -> None:
    media = media_of("http://h/640.jpg")
    assert wanted(media) == (Wanted("64_9", "http://h/640.jpg"),)
    small = Images(
        thumbnail=Rendition(url="http://h/150.jpg", width=150, height=150),
        low_resolution=Rendition(url="http://h/320.jpg", width=320, height=320),
    )
    assert wanted(evolve(media, images=small))[0].url == "http://h/320.jpg"
    videos = Videos(low_resolution=Rendition(url="http://h/v.mp4", width=480, height=480))
    assert wanted(evolve(media, type="video", videos=videos))[0].url == "http://h/v.mp4"


def test_a_carousel_is_its_parts_in_their_order() -> None:
    media = media_of(*(f"http://h/{number}.jpg" for number in range(3)))
    assert [(one.stem, one.url) for one in wanted(media)] == [
        ("64_9-01", "http://h/0.jpg"),
        ("64_9-02", "http://h/1.jpg"),
        ("64_9-03", "http://h/2.jpg"),
    ]


def test_a_part_that_is_nowhere_is_left_out_and_the_others_keep_their_numbers() -> None:
    media = media_of("http://h/0.jpg", "http://h/1.jpg", "http://h/2.jpg")
    first, _, last = media.carousel_media
    parts = (first, CarouselItem(type="story"), last)
    assert [one.stem for one in wanted(evolve(media, carousel_media=parts))] == [
        "64_9-01",
        "64_9-03",
    ]


def test_a_carousel_whose_parts_are_nowhere_is_its_cover() -> None:
    media = evolve(media_of("http://h/cover.jpg"), carousel_media=(CarouselItem(),) * 2)
    assert wanted(media) == (Wanted("64_9", "http://h/cover.jpg"),)


def test_a_media_without_any_picture_is_no_file() -> None:
    assert wanted(media_of()) == ()
    assert wanted(evolve(media_of(), images=Images())) == ()
    assert wanted(evolve(media_of(), images=images(""))) == ()


@pytest.mark.parametrize("value", ["64_9", None, 64, ("64_9",)])
def test_what_is_no_media_is_told(value: Any) -> None:
    with pytest.raises(TypeError, match="media must be a Media, not "):
        wanted(value)


def test_its_text_shows_no_address() -> None:
    assert repr(Wanted("64_9", "http://h/a.jpg?access_token=1")) == "Wanted(stem='64_9')"
