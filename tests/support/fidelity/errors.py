"""Reference C: errors, limits and headers."""

from __future__ import annotations

from tests.support.fidelity.row import Row, sent
from tests.support.known_errors import KNOWN, Known

_SCRIPTED = ("server_scripted_errors::a_known_error",)

# By their words, or by their type where no words are recorded.
_SHOWN: dict[str, tuple[str, ...]] = {
    "The access_token provided is invalid.": (
        "eras_refusals::an_unknown_token", "server_errors::errors_in_meta",
    ),
    'The "access_token" provided is invalid.': ("eras_refusals::an_unknown_token",),
    "OAuthAccessTokenError": _SCRIPTED,
    "Missing client_id or access_token URL parameter.": ("eras_refusals::who_asks_with_nothing",),
    "Missing access_token URL parameter.": (
        "eras_operations::an_app_alone_reads_until_june_2016",
        "server_access::a_form_is_one_by_its_content_type",
    ),
    "Missing client_secret URL parameter.": ("server_subscriptions::who_may",),
    "'self' keyword requires an authenticated user": (
        "server_access::self_is_nobody_for_the_application",
    ),
    "you cannot view this resource": ("server_media::a_media_of_a_private_user",),
    "you cannot like this media": ("server_media::a_media_of_a_private_user",),
    "This tag cannot be viewed": ("server_hidden::a_banned_tag_is_not_shown_nor_found",),
    "This endpoint has been retired": ("eras_operations::works_or_fails_as_it_did",),
    "this user does not exist": ("server_errors::errors_in_meta",),
    "invalid media id": ("server_media::a_media_that_there_is_not",),
    "Count must be larger than zero.": ("server_errors::count_must_be_positive",),
    "Your comment is too long.": ("server_media::the_rules_of_2014",),
    "APICommentTooManyTagsError": ("server_media::the_rules_of_2014",),
    "APICommentAllCapsError": ("server_media::the_rules_of_2014",),
    "Invalid response": (
        "server_subscriptions::another_answer",
        "server_subscriptions::a_callback_that_takes_its_time",
    ),
    "client request limit reached": _SCRIPTED,
    "This client has not been approved to access this resource.": (
        "eras_refusals::an_app_that_is_not_approved",
    ),
    "Invalid signed-request: Signature does not match": ("server_signatures::a_read",),
    "Invalid signed-request: Missing required parameter 'sig'": ("server_signatures::a_read",),
    "Implicit authentication is disabled": (
        "consent::the_implicit_flow_can_be_disabled",
    ),
    "No matching code found.": ("eras_refusals::a_code_that_is_unknown",),
    "Matching code was not found or was already used.": ("eras_refusals::a_code_that_is_unknown",),
    "Redirect URI does not match registered redirect URI": (
        "server_oauth::what_is_wrong_uses_no_code_up",
    ),
    "You must provide a client_id": ("server_oauth::a_body_that_is_no_form_names_no_client",),
    "Invalid scope field(s): basic": ("eras_consent::scopes_that_are_no_more",),
    "Invalid scope field(s): ": ("consent::a_bad_request_is_told_flat",),
    "Invalid scope: ['basic']": ("eras_consent::scopes_that_are_no_more",),
}  # fmt: skip
_AGE = ("server_hidden::nobody_sees_a_user_for_adults",)
# The same of words that hold a number or a name.
_BEGUN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("This request requires scope=public", ("eras_operations::what_a_token_has_to_allow",)),
    ("This request requires scope=", (
        "server_errors::writes_need_more_than_basic",
        "eras_operations::what_a_token_has_to_allow",
    )),
    ("This client ID is not permitted to POST", ("server_app::what_an_app_is_not_approved_for",)),
    ("The maximum number of requests per hour", ("eras_limits::both_429s_tell_true_numbers",)),
    ("You have exceeded the maximum number", (
        "eras_limits::both_429s_tell_true_numbers", "eras_limits::in_2012_the_body_said_420",
    )),
)  # fmt: skip


def _error(known: Known) -> Row:
    spoken = known.words or known.error_type or ""
    name = f"`{known.error_type}`" if known.error_type else "type not recorded"
    if known.ours is not None:
        name = f"`{known.ours}` ({name})"
    what = f"{name}: {known.words or 'words not recorded'}".replace("|", "\\|")
    begun = [shown for start, shown in _BEGUN if spoken.startswith(start)]
    # Of an account for adults only the type differs from what a private one says.
    is_age = known.error_type == "APIAgeGatedError"
    shown = _AGE if is_age else begun[0] if begun else _SHOWN[spoken]
    return sent("C.2", what + "; sent by a fault that is asked for" * (shown is _SCRIPTED), *shown)


ERRORS: tuple[Row, ...] = tuple(map(_error, KNOWN))

ROWS: tuple[Row, ...] = (
    sent("C.1", "errors in `meta`, without `data`", "server_errors::errors_in_meta"),
    sent("C.1", "flat errors: no charset, no rate headers",
         "server_limits::the_general_429_is_flat_and_tells_no_rate",
         "server_media::the_rules_of_2014"),
    sent("C.1", "an error that comes with status 200", "server_faults::meta_error_comes_with_200"),
    *ERRORS,
    sent("C.3", "the window slides", "server_limits::the_window_slides"),
    sent("C.3", "a window for each token, and one for an app alone",
         "server_limits::every_token_has_its_own_window",
         "server_access::the_application_has_a_window_of_its_own"),
    sent("C.3", "invalid and malformed requests count",
         "server_limits::refused_and_malformed_requests_count"),
    sent("C.3", "writes of a family count generally too",
         "server_access::writes_of_a_family_have_a_window_of_their_own",
         "eras_limits::both_429s_tell_true_numbers"),
    sent("C.3", "500 an hour in a sandbox, and 30 writes", "eras_limits::how_much_is_allowed"),
    sent("C.3", "`Remaining` counts the call itself, also of errors in `meta`",
         "server_errors::errors_in_meta", "server_limits::the_window_slides"),
    sent("C.3", "no rate headers on 429, on flat errors, on HTML, and beside OAuth",
         "eras_limits::both_429s_tell_true_numbers", "eras_refusals::a_code_that_is_unknown",
         "server_errors::unknown_paths_are_html_404",
         "server_errors::a_flat_envelope_never_tells_the_rate"),
    sent("C.3", "no `Retry-After`, `X-Ratelimit-Reset`, `Link`, `ETag`",
         "server_errors::headers_of_an_ordinary_answer",
         "eras_limits::both_429s_tell_true_numbers"),
    *(sent("C.3", f"`{name}`", "server_errors::headers_of_an_ordinary_answer")
      for name in ("Cache-Control", "Pragma", "Expires", "Content-Language", "Content-Type",
                   "Content-Length", "Connection", "Set-Cookie")),
    sent("C.3", "`Vary` of three forms", "server_errors::headers_of_an_ordinary_answer",
         "server_limits::the_general_429_is_flat_and_tells_no_rate"),
    sent("C.3", "gzip for those who accept it, only with status 200 and from 200 bytes on",
         "server_gzip::a_page_comes_packed_to_those_who_take_it",
         "server_gzip::what_never_comes_packed", "server_gzip::our_client_reads_what_is_packed"),
    sent("C.3", "in a sandbox counts are of what there is in it",
         "server_sandbox::counts_are_of_what_there_is"),
    sent("C.4", "502, 503 and 504 as HTML", "server_faults::status_with_html"),
    sent("C.4", "an empty body", "server_faults::status_with_an_empty_body"),
    sent("C.4", "404 as HTML: unknown paths, removed operations, a shortcode with `.json`",
         "server_errors::unknown_paths_are_html_404",
         "eras_operations::works_or_fails_as_it_did",
         "server_endings::a_shortcode_takes_no_suffix"),
    sent("C.4", "400 as HTML: a malformed id",
         "server_errors::what_is_malformed_is_answered_with_html"),
    sent("C.4", "a truncated body",
         "server_faults::truncated_is_whole_for_http_and_broken_for_json"),
)  # fmt: skip
