"""Named mistakes for the thinking files of downloads."""

from __future__ import annotations

from tests.support.mutant import mistakes

DOWNLOADS = [
    *mistakes(
        "downloads/addresses.py",
        "test_download_addresses.py",
        ("credentials are sent", "if is_web and not has_credentials else None", "if is_web else None"),
        ("a redirect leads back from https", 'if made is not None and address.url.scheme == "https"', 'if made is None and address.url.scheme == "https"'),
        ("a signature makes another source", "{self.url.raw_path}", "{self.url.raw_path_qs}"),
    ),
    *mistakes(
        "downloads/judging.py",
        "test_download_judging.py",
        ("a changed file is glued", '_repeated(headers, mark) == mark.validator', "mark.validator"),
        ("a body without an end is whole", 'if total is None and "Transfer-Encoding" not in headers:', "if total == -1:"),
        ("the rest may begin anywhere", "first == size and last", "last"),
    ),
    *mistakes(
        "downloads/kinds.py",
        "test_download_kinds.py",
        ("parameters are part of the type", '.partition(";")[0]', ""),
        ("a page is a drawing", "(?:\\w+:)?svg[\\s>])", "\\w+[\\s>])"),
        ("a drawing has no declaration", "re.DOTALL | re.IGNORECASE if", "re.DOTALL if not"),
    ),
    *mistakes(
        "downloads/marks.py",
        "test_download_marks.py",
        ("whatever is there fits", "mark.source != source or", ""),
        ("too much is not noticed", "size <= mark.total", "size >= 0"),
        ("the rest is asked for without a condition", ', "If-Range": mark.validator', ""),
    ),
    *mistakes(
        "downloads/names.py",
        "test_download_names.py",
        ("an id may say anything", "_ID.fullmatch(media_id)", "media_id"),
        ("what begins as an id is one", "_ID.fullmatch(media_id)", "_ID.match(media_id)"),
        ("parts share a name", 'f"{name}-{number:02d}"', 'f"{name}-{number % 10:02d}"'),
    ),
    *mistakes(
        "downloads/wanted.py",
        "test_download_names.py",
        ("a carousel is its cover", "if not parts and media.url:", "if media.url:"),
        ("parts are counted without those that are nowhere", "enumerate(media.carousel_media, 1)", "enumerate((one for one in media.carousel_media if one.url), 1)"),
        ("a part that is nowhere is a file", "        if item.url\n", ""),
    ),
]  # fmt: skip
