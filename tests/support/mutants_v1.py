"""Named mistakes for the thinking files of the wire protocol."""

from __future__ import annotations

from tests.support.mutant import mistakes

V1 = [
    *mistakes(
        "v1/converter.py",
        "test_structure.py test_structure_lanes.py",
        ("a null is a value", "if held is not None}", "}"),
        ("a count of 3.7 is unreadable", "if kind is int and isinstance(value, float) and math.isfinite(value):", "if kind is None and isinstance(value, float):"),
        ("a text is a list of letters", "if not isinstance(value, list | tuple):", "if value is None:"),
    ),
    *mistakes(
        "v1/cursors.py",
        "test_cursors.py",
        ("an id with its user has no number", 'pk = media_id.partition("_")[0]', "pk = media_id"),
        ("no bound is negative", 'digits = value.removeprefix("-")', "digits = value"),
        ("media page by what was liked", '("next_max_id",),\n    own=same', '("next_max_like_id",),\n    own=same'),
    ),
    *mistakes(
        "v1/timespans.py",
        "test_timespans.py",
        ("an empty page ends the walk", "return Step(_Span(span.oldest, span.asked_from - 1).step())", "return Step(None)"),
        ("what was given of a second is forgotten", "given = tuple(dict.fromkeys(kept + ids + undated))", "given = undated"),
        ("a second is left too early", "below = _Span(span.oldest, span.newest - 1, undated)", "below = _Span(span.oldest, span.newest - 2, undated)"),
    ),
    *mistakes(
        "v1/fastlane.py",
        "test_fastlane.py",
        ("msgspec is taught nothing, and nobody minds", "_TAUGHT = _teach(Comment)", "_TAUGHT = True"),
        ("the bytes keep from", 'return _FROM.sub(b\'"author"\', body)', "return body"),
        ("a key author is taken for from", "if b'\"author\"' in body:", "if not body:"),
    ),
    *mistakes(
        "v1/checks.py",
        "test_checks.py",
        ("a username passes for an id", "if not pattern.fullmatch(str(value)):", "if not str(value):"),
        ("two links are one", "_MOST_HASHTAGS, _MOST_URLS = 300, 4, 1", "_MOST_HASHTAGS, _MOST_URLS = 300, 4, 2"),
        ("a span may end before it begins", "first > last:", "first is last is first:"),
    ),
    *mistakes(
        "v1/faults.py",
        "test_faults.py",
        ("meta is not looked into", "told = meta if in_meta else top", "told = top"),
        ("420 is no limit", "fault.code in (420, 429)", "fault.code == 429"),
        ("a missing user is a refused parameter", '("APINotFound", NotFoundError)', '("APINotFound", InvalidRequestError)'),
    ),
    *mistakes(
        "v1/exchange.py",
        "test_oauth.py test_oauth_failures.py",
        ("an error shows the new token", 'cleaned(outcome, *sent, *([Secret(token)] if isinstance(token, str) else []))', "cleaned(outcome, *sent)"),
        ("an error shows what was sent", "known = [secret.text for secret in sent]", "known = [secret.text for secret in sent[2:]]"),
        ("an empty token is one", "isinstance(token, str) and token:", "isinstance(token, str):"),
    ),
    *mistakes(
        "v1/redirects.py",
        "test_redirects.py",
        ("the order of a query does not matter", "_pairs(query)[: len(our_pairs)] == our_pairs", "set(our_pairs) <= set(_pairs(query))"),
        ("a state may be missing", 'if not _equal(_only(told, "state"), state)', 'if not _equal(_only(told, "state") or state, state)'),
        ("a token may stand in the query", 'answer = _only(hidden if name == "access_token" else added, name)', "answer = _only(told, name)"),
    ),
    *mistakes(
        "v1/openapi/docstrings.py",
        "test_openapi.py test_operations_page.py",
        ("an entry ends with its line", 'entries[name] += f" {line.strip()}"', "pass"),
        ("Python's words stay", "text = text.replace(ours, theirs)", "text = text.replace(ours, ours)"),
        ("an example is told as text", "Raises|Example|", "Raises|"),
    ),
    *mistakes(
        "v1/openapi/document.py",
        "test_openapi.py",
        ("a form is a query", 'operation.method == "POST"', 'operation.method == "PUT"'),
        ("an app alone may do all", "if operation.public:", "if operation.scope:"),
        ("documents share their parts", "return deepcopy(made)", "return made"),
    ),
    *mistakes(
        "v1/openapi/markdown.py",
        "test_operations_page.py",
        ("a type ends its cell", '.replace("|", "\\\\|")', ""),
        ("what was not documented is not told", "if not one.documented", "if one.documented"),
        ("the rest may stand in its place", 'parts.append("*")', "pass"),
    ),
    *mistakes(
        "v1/openapi/methods.py",
        "test_openapi.py test_method_table.py",
        ("a path has Python's names", '.replace("_", "-")', ""),
        ("a tag has any name", 'return "tag-name" if argument == "name" else', "return"),
        ("types are only text", "eval_str=True", "eval_str=False"),
    ),
    *mistakes(
        "v1/openapi/replies.py",
        "test_openapi.py",
        ("all lists page alike", "if rule is cursors.MAX_TAG_ID:", "if rule is cursors.MAX_ID:"),
        ("a written comment is never null", "return nullable(reference(Comment))", "return reference(Comment)"),
        ("a list is its first item", '"type": "array", "items": reference(operation.model)', "**reference(operation.model)"),
    ),
    *mistakes(
        "v1/openapi/schemas.py",
        "test_openapi.py",
        ("the author keeps our name", '"from" if field.name == "author"', '"author" if field.name == "author"'),
        ("what is always sent may be missing", " or field.name in ALWAYS_SENT.get(model, ())", ""),
        ("an id inside media is text", '"type": "integer"} if key == "id"', '"type": "string"} if key == "id"'),
    ),
    *mistakes(
        "v1/parameters.py",
        "test_parameters.py",
        ("a segment may climb", 'if text in ("", ".", ".."):', 'if text == "":'),
        ("None is sent", "if value is not None\n", "if value is not name\n"),
        ("a time without a zone is taken for local", "if value.tzinfo is None:", "if value.tzinfo is False:"),
    ),
    *mistakes(
        "v1/structure.py",
        "test_structure.py test_envelope.py",
        ("NaN is a number", "parse_constant=_refuse", "parse_constant=float"),
        ("bytes that are no UTF-8 are refused", '"utf-8", "replace"', '"utf-8", "strict"'),
        ("an error names the model's word", '.replace(".author", ".from")', ""),
    ),
    *mistakes(
        "v1/envelope.py",
        "test_envelope.py",
        ("next_url is handed out", 'if not key.endswith("_url")', "if key"),
        ("pagination that is no object ends the list", "    if not isinstance(pagination, dict):\n", "    if pagination is False:\n"),
        ("a page without data is empty", 'if "data" not in envelope:', 'if envelope.setdefault("data", []) is None:'),
    ),
    *mistakes(
        "v1/signing.py",
        "test_signing.py",
        ("percent-encoded text is signed", "unquote(call.path)", "call.path"),
        ("the form is not signed", "query + (form or ())", "query"),
        ("parameters are signed as they come", "sorted(parameters, key=lambda pair: pair[0].encode())", "list(parameters)"),
    ),
]  # fmt: skip
