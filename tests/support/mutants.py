"""Three named mistakes for each thinking file, and the tests that must notice them."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A mistake: what it is called, where, which text becomes which, who must notice."""

    name: str
    file: str
    old: str
    new: str
    tests: str


def _of(file: str, tests: str, *mistakes: tuple[str, str, str]) -> list[Mutant]:
    return [Mutant(name, file, old, new, tests) for name, old, new in mistakes]


MUTANTS = [
    *_of(
        "errors.py",
        "test_errors.py",
        ("pickling loses the rest", "super().__init__(message, operation, *more)", "super().__init__(message, operation)"),
        ("the operation is not named", 'f"{self.operation}: {self.message}" if self.operation', "self.message if self.operation"),
        ("the path is not named", 'f"{super().__str__()} at {self.path}" if self.path', "super().__str__() if self.path"),
    ),
    *_of(
        "models/fields.py",
        "test_structure.py",
        ("booleans are ids", "type(value) is int or", "isinstance(value, int) or"),
        ("numbers are no ids", "type(value) is int or type(value) is str", "type(value) is str"),
        ("an id stays a number", "return str(value)", "return value"),
    ),
    *_of(
        "models/media.py",
        "test_models.py",
        ("the picture comes before the video", "largest(self.videos) or largest(self.images)", "largest(self.images) or largest(self.videos)"),
        ("a carousel is a video", 'return self.type == "video"', 'return self.type != "image"'),
        ("the shortcode keeps the slash", '.partition("/")[0]', ""),
    ),
    *_of(
        "models/rendition.py",
        "test_models.py",
        ("the smallest wins", "return max(known", "return min(known"),
        ("width alone counts", "size.width * size.height", "size.width"),
        ("the thumbnail is forgotten", "renditions.low_resolution, small)", "renditions.low_resolution)"),
    ),
    *_of(
        "models/shortcode.py",
        "test_models.py",
        ("private codes are not cut", "if len(shortcode) > 28", "if len(shortcode) > 280"),
        ("digits come before letters", '"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"', '"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"'),
        ("zero has no code", "while pk or not letters:", "while pk:"),
    ),
    *_of(
        "paging/checkpoint.py",
        "test_checkpoint.py",
        ("another listing is accepted", "if name != str(listing):", "if not name:"),
        ("another version is accepted", "if version != _VERSION:", "if not version:"),
        ("the end is forgotten", "return Place(cursor, given, ended, owed)", "return Place(cursor, given)"),
    ),
    *_of(
        "paging/cursor.py",
        "test_walk.py test_walk_places.py",
        ("an empty text is a cursor", "if value:  # null", "if value is not None:  # null"),
        ("the cursor stands beside the old one", "kept = tuple(pair for pair in params if pair[0] != self.parameter)", "kept = params"),
        ("a page cut anywhere is cut by an id", "if number is None or number >= above:", "if number is None:"),
    ),
    *_of(
        "paging/listing.py",
        "test_pager.py test_checkpoint.py",
        ("the order of parameters names it", "sorted(self.params)", "reversed(sorted(self.params))"),
        ("the page size is part of its name", "sorted(self.params)", "sorted(self.params + self.page_size)"),
        ("its path is no part of its name", '{method} {self.path}?', "{method} ?"),
    ),
    *_of(
        "paging/sieve.py",
        "test_walk.py test_walk_places.py test_paging_properties.py",
        ("bounds shut out equality", "at < value if lower else at > value", "at <= value if lower else at >= value"),
        ("an empty page forgets the one before", "        if here:\n", "        if True:\n"),
        ("what was met is given again after a second resume", "return self._unmet if whole else self._unmet | self._met", "return self._unmet"),
    ),
    *_of(
        "paging/walk.py",
        "test_walk.py test_walk_places.py test_paging_properties.py",
        ("a cycle goes unnoticed", "self._used.add(self._mark)", "self._used.discard(self._mark)"),
        ("what can't be read parts a page", "if names[given - 1] in blind:", "if names[given - 1] is blind:"),
        ("an empty page is the end", "self.ended = following is None", "self.ended = following is None or not entries"),
    ),
    *_of(
        "quota/policy.py",
        "test_window.py",
        ("a family has no window", "return (general, own)", "return (general,)"),
        ("a sandbox is a live app", "return cls(500, families=dict.fromkeys(_FAMILIES, 30))", "return cls(5000, families=dict.fromkeys(_FAMILIES, 60))"),
        ("families of different owners share", 'f"{owner}:{family}"', "family"),
    ),
    *_of(
        "quota/window.py",
        "test_window.py test_gate_simulation.py",
        ("what flies takes no place", "len(busy) - self._flying)", "len(busy))"),
        ("a late end is not sorted in", "insort(self._busy, until)", "self._busy.append(until)"),
        ("refusals that flew together count each", "if grant <= self._refused_at:", "if grant < 0:"),
    ),
    *_of(
        "quota/flight.py",
        "test_semaphore.py test_semaphore_waits.py test_gate_simulation.py",
        ("places are stamped when the request leaves", "now + self.windows[0].per, _SILENT", "(self._left_at or 0) + self.windows[0].per, _SILENT"),
        ("a lost request frees its place at once", "arrived = max(self._clock.now(), self._left_at + self._reach)", "arrived = self._left_at - self.windows[0].per"),
        ("what never left holds its place", "        self._left_at = None\n\n    def answered", "        self._left_at = self._clock.now()\n\n    def answered"),
    ),
    *_of(
        "retry.py",
        "test_session_retries.py",
        ("a write is sent again", "(repeatable and is_unclear(error))", "is_unclear(error)"),
        ("a shape is asked for again", 'return error.path == ""', "return True"),
        ("one attempt too many", "if attempt >= policy.attempts:", "if attempt > policy.attempts:"),
    ),
    *_of(
        "v1/converter.py",
        "test_structure.py test_structure_lanes.py",
        ("a null is a value", "if held is not None}", "}"),
        ("a count of 3.7 is unreadable", "if kind is int and isinstance(value, float) and math.isfinite(value):", "if kind is None and isinstance(value, float):"),
        ("a text is a list of letters", "if not isinstance(value, list | tuple):", "if value is None:"),
    ),
    *_of(
        "v1/cursors.py",
        "test_cursors.py",
        ("an id with its user has no number", 'pk = media_id.partition("_")[0]', "pk = media_id"),
        ("no bound is negative", 'digits = value.removeprefix("-")', "digits = value"),
        ("media page by what was liked", '"max_id", ("next_max_id",), own=same', '"max_id", ("next_max_like_id",), own=same'),
    ),
    *_of(
        "v1/timespans.py",
        "test_timespans.py",
        ("an empty page ends the walk", "return Step(_Span(span.oldest, span.asked_from - 1).step())", "return Step(None)"),
        ("what was given of a second is forgotten", "given = tuple(dict.fromkeys(kept + ids + undated))", "given = undated"),
        ("a second is left too early", "below = _Span(span.oldest, span.newest - 1, undated)", "below = _Span(span.oldest, span.newest - 2, undated)"),
    ),
    *_of(
        "v1/fastlane.py",
        "test_fastlane.py",
        ("msgspec is taught nothing, and nobody minds", "_TAUGHT = _teach(Comment)", "_TAUGHT = True"),
        ("the bytes keep from", 'return _FROM.sub(b\'"author"\', body)', "return body"),
        ("a key author is taken for from", "if b'\"author\"' in body:", "if not body:"),
    ),
    *_of(
        "v1/checks.py",
        "test_checks.py",
        ("a username passes for an id", "if not pattern.fullmatch(str(value)):", "if not str(value):"),
        ("two links are one", "_MOST_HASHTAGS, _MOST_URLS = 300, 4, 1", "_MOST_HASHTAGS, _MOST_URLS = 300, 4, 2"),
        ("a span may end before it begins", "first > last:", "first is last is first:"),
    ),
    *_of(
        "v1/faults.py",
        "test_faults.py",
        ("meta is not looked into", "told = meta if in_meta else top", "told = top"),
        ("420 is no limit", "fault.code in (420, 429)", "fault.code == 429"),
        ("a missing user is a refused parameter", '("APINotFound", NotFoundError)', '("APINotFound", InvalidRequestError)'),
    ),
    *_of(
        "v1/exchange.py",
        "test_oauth.py test_oauth_failures.py",
        ("an error shows the new token", 'cleaned(outcome, *sent, *([Secret(token)] if isinstance(token, str) else []))', "cleaned(outcome, *sent)"),
        ("an error shows what was sent", "known = [secret.text for secret in sent]", "known = [secret.text for secret in sent[2:]]"),
        ("an empty token is one", "isinstance(token, str) and token:", "isinstance(token, str):"),
    ),
    *_of(
        "v1/redirects.py",
        "test_redirects.py",
        ("the order of a query does not matter", "_pairs(query)[: len(our_pairs)] == our_pairs", "set(our_pairs) <= set(_pairs(query))"),
        ("a state may be missing", 'if not _equal(_only(told, "state"), state)', 'if not _equal(_only(told, "state") or state, state)'),
        ("a token may stand in the query", 'answer = _only(hidden if name == "access_token" else added, name)', "answer = _only(told, name)"),
    ),
    *_of(
        "v1/openapi/docstrings.py",
        "test_openapi.py test_operations_page.py",
        ("an entry ends with its line", 'entries[name] += f" {line.strip()}"', "pass"),
        ("Python's words stay", "text = text.replace(ours, theirs)", "text = text.replace(ours, ours)"),
        ("an example is told as text", "Raises|Example|", "Raises|"),
    ),
    *_of(
        "v1/openapi/document.py",
        "test_openapi.py",
        ("a form is a query", 'operation.method == "POST"', 'operation.method == "PUT"'),
        ("an app alone may do all", "if operation.public:", "if operation.scope:"),
        ("documents share their parts", "return deepcopy(made)", "return made"),
    ),
    *_of(
        "v1/openapi/markdown.py",
        "test_operations_page.py",
        ("a type ends its cell", '.replace("|", "\\\\|")', ""),
        ("what was not documented is not told", "if not one.documented", "if one.documented"),
        ("the rest may stand in its place", 'parts.append("*")', "pass"),
    ),
    *_of(
        "v1/openapi/methods.py",
        "test_openapi.py test_method_table.py",
        ("a path has Python's names", '.replace("_", "-")', ""),
        ("a tag has any name", 'return "tag-name" if argument == "name" else', "return"),
        ("types are only text", "eval_str=True", "eval_str=False"),
    ),
    *_of(
        "v1/openapi/replies.py",
        "test_openapi.py",
        ("all lists page alike", "if rule is cursors.MAX_TAG_ID:", "if rule is cursors.MAX_ID:"),
        ("a written comment is never null", "return nullable(reference(Comment))", "return reference(Comment)"),
        ("a list is its first item", '"type": "array", "items": reference(operation.model)', "**reference(operation.model)"),
    ),
    *_of(
        "v1/openapi/schemas.py",
        "test_openapi.py",
        ("the author keeps our name", '"from" if field.name == "author"', '"author" if field.name == "author"'),
        ("what is always sent may be missing", " or field.name in ALWAYS_SENT.get(model, ())", ""),
        ("an id inside media is text", '"type": "integer"} if key == "id"', '"type": "string"} if key == "id"'),
    ),
    *_of(
        "v1/parameters.py",
        "test_parameters.py",
        ("a segment may climb", 'if text in ("", ".", ".."):', 'if text == "":'),
        ("None is sent", "if value is not None\n", "if value is not name\n"),
        ("a time without a zone is taken for local", "if value.tzinfo is None:", "if value.tzinfo is False:"),
    ),
    *_of(
        "v1/structure.py",
        "test_structure.py test_envelope.py",
        ("NaN is a number", "parse_constant=_refuse", "parse_constant=float"),
        ("bytes that are no UTF-8 are refused", '"utf-8", "replace"', '"utf-8", "strict"'),
        ("an error names the model's word", '.replace(".author", ".from")', ""),
    ),
    *_of(
        "v1/envelope.py",
        "test_envelope.py",
        ("next_url is handed out", 'if not key.endswith("_url")', "if key"),
        ("pagination that is no object ends the list", "    if not isinstance(pagination, dict):\n", "    if pagination is False:\n"),
        ("a page without data is empty", 'if "data" not in envelope:', 'if envelope.setdefault("data", []) is None:'),
    ),
    *_of(
        "v1/signing.py",
        "test_signing.py",
        ("percent-encoded text is signed", "unquote(call.path)", "call.path"),
        ("the form is not signed", "query + (form or ())", "query"),
        ("parameters are signed as they come", "sorted(parameters, key=lambda pair: pair[0].encode())", "list(parameters)"),
    ),
]  # fmt: skip
