"""Reference A: operations, their parameters, and how they page."""

from __future__ import annotations

from typing import Any

from instagram_async.v1.operation import Operation
from instagram_async.v1.operations import OPERATIONS
from tests.support.fidelity.row import Row, sent

_COMMON = (
    sent("A", "parameters of a `POST` in the query or in the form",
         "server_access::parameters_of_a_post_may_stand_in_the_query"),
    sent("A", "a body without the Content-Type of a form has no parameters",
         "server_access::a_form_is_one_by_its_content_type"),
    sent("A", "`self` is the token's owner", "server_users::a_user_by_self_and_by_id",
         "server_access::self_is_nobody_for_the_application"),
    sent("A", "`/` and `.json` behind the path, no `.json` behind a shortcode",
         "server_endings::endings", "server_endings::a_shortcode_takes_no_suffix"),
    sent("A", "unknown parameters are ignored and repeated in `next_url`",
         "server_users::next_url_repeats_everything_and_works",
         "server_access::every_read_answers"),
    sent("A", "`_method` in a `POST` makes it a `DELETE`",
         "server_scripts::a_method_may_stand_in_a_parameter"),
    sent("A", "20 items by default, 33 at most, whatever `next_url` says", "server_users::count"),
    sent("A", "pages are cut before what is hidden is left out",
         "server_lists::what_is_hidden_leaves_a_gap_in_its_page",
         "server_media::search_counts_before_it_hides", "server_tags::hidden_media_leave_a_gap"),
    sent("A, D.3", "scopes of November 2015: own things need `basic`, others `public_content`",
         "eras_operations::what_a_token_has_to_allow"),
    sent("G", "feed, popular and geographies are HTML 404 from June 2016 on",
         "eras_operations::works_or_fails_as_it_did"),
    sent("G", "April 2018, December 2018 and June 2020: operations are retired",
         "eras_operations::works_or_fails_as_it_did",
         "eras_operations::at_the_end_of_2018_only_own_things_are_left",
         "eras_operations::on_29_june_2020_nothing_is_left"),
)  # fmt: skip

_BY_ROW: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("`count`, `min_id`; digits for cursors",
        ("server_locations::a_geography_lists_what_is_in_its_circle",)),
    2: ("`lat`, `lng`, `distance`, ids elsewhere, `count`; no pages",
        ("server_locations::places_are_searched_by_points_and_by_ids_elsewhere",)),
    3: ("a text for an id", ("server_locations::a_location_has_a_text_for_an_id",)),
    4: ("bounds of pks and times; digits for cursors",
        ("server_locations::media_of_a_place_are_paged_by_digits",
         "server_locations::media_of_a_place_have_bounds")),
    5: ("fifty media, `count`; no pages",
        ("server_media::popular_media_are_fifty_of_public_users",)),
    6: ("five days by default, seven at most, pages by time",
        ("server_media::search_pages_by_time", "server_media::search_goes_by_the_servers_clock")),
    7: ("by the permalink", ("server_media::a_media_by_all_its_names",)),
    8: ("by the id", ("server_media::a_media_by_all_its_names",)),
    9: ("the newest 150, oldest first, no pages",
        ("server_media::comments_are_the_newest_150_oldest_first",)),
    10: ("`text`; `data` is null", ("server_media::a_comment_is_written_and_deleted",
                                    "server_media::a_comment_has_a_text")),
    11: ("one's own, or any on own media",
         ("server_media::a_comment_is_deleted_by_its_author_or_the_media_owner",)),
    12: ("the newest 120, no pages", ("server_media::likes_are_the_newest_120",)),
    13: ("`data` is null", ("server_media::a_like_counts_once_and_can_be_taken_back",)),
    14: ("`data` is null", ("server_media::a_like_counts_once_and_can_be_taken_back",)),
    15: ("`q`, `count`; no pages",
         ("server_tags::search_is_by_the_beginning_and_counts_in_floats",)),
    16: ("names in any script",
         ("server_tags::a_tag_and_its_count", "server_tags::names_in_any_script")),
    17: ("by the time of tagging; six keys, three on the last page, one on none",
         ("server_tags::the_order_is_that_of_the_tags", "server_tags::a_full_page_has_six_keys",
          "server_tags::a_last_page_has_three_keys", "server_tags::an_empty_result_has_one")),
    18: ("`q`, `count`; no pages", ("server_lists::people_are_searched_by_a_part_of_their_names",)),
    19: ("`count`, `min_id`, `max_id`",
         ("server_lists::a_feed_is_own_media_and_those_of_whom_one_follows",)),
    20: ("`next_max_like_id` and no `next_max_id`",
         ("server_lists::liked_media_are_paged_by_a_key_of_their_own",)),
    21: ("by `self` and by the id", ("server_users::a_user_by_self_and_by_id",)),
    22: ("bounds of ids and times; the last page has `{}`",
         ("server_users::max_id_and_min_id_leave_out_what_they_name",
          "server_users::timestamps_let_in_the_second_they_name",
          "server_users::pages_join_to_the_whole_and_the_last_has_no_key")),
    23: ("no pages", ("server_relationships::a_private_user_decides",)),
    24: ("`count`, `cursor`; the last page has `{}`",
         ("server_relationships::people_are_paged_by_cursors", "eras_cursors::cursors_of_people")),
    25: ("as for followers", ("server_relationships::people_are_paged_by_cursors",
                              "eras_cursors::cursors_of_people")),
    26: ("both sides and privacy", ("server_relationships::a_private_user_decides",)),
    27: ("all actions", ("server_relationships::follow_and_unfollow",
                         "server_relationships::block_and_unblock",
                         "server_relationships::a_private_user_decides")),
}  # fmt: skip


def _row(operation: Operation[Any]) -> Row:
    what, served = _BY_ROW[operation.row]
    return sent("A", f"{operation.row}: `{operation}`: {what}", *served)


_PAGING = (
    sent("A.9, 1", "`pagination` is an object, `{}`, absent, or null",
         "server_users::pages_join_to_the_whole_and_the_last_has_no_key",
         "server_users::a_user_by_self_and_by_id", "server_listing_faults::pagination_is_null"),
    sent("A.9, 1", 'values of `pagination` are `""`; sent by a fault that is asked for',
         "server_listing_faults::values_of_pagination_are_empty"),
    sent("A.9, 2", "`next_url` repeats all parameters, the token and an old `sig` among them",
         "server_users::next_url_repeats_everything_and_works"),
    sent("A.9, 3", "another listing's key is ignored: the first page again",
         "server_lists::liked_media_are_paged_by_a_key_of_their_own"),
    sent("A.9, 4", "`max_id` and `max_like_id` leave out what they name",
         "server_users::max_id_and_min_id_leave_out_what_they_name",
         "server_lists::liked_media_are_paged_by_a_key_of_their_own"),
    sent("A.9, 4", "`max_tag_id` lets in what it names, `min_tag_id` does not",
         "server_tags::max_lets_in_what_it_names_and_min_does_not"),
    sent("A.9, 5", "the newest `min_tag_id` finds what is newer",
         "server_tags::max_lets_in_what_it_names_and_min_does_not",
         "eras_cursors::cursors_of_a_tags_media"),
    sent("A.9, 7", "all bounds 0: nothing", "server_users::all_bounds_zero_is_nothing"),
)  # fmt: skip

_SUBSCRIPTIONS = (
    sent("E", "a subscription: a callback gives back what it is sent; `data` is one object",
         "server_subscriptions::a_callback_gives_back_what_it_is_sent"),
    sent("E", "a geography that was subscribed to is one whose media are listed",
         "server_subscriptions::a_geography_is_one_to_read"),
    sent("E", "subscriptions are listed, and end by `id` or by `object`, which may be `all`",
         "server_subscriptions::they_end_one_by_one_and_by_what_they_are_of"),
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    *_COMMON,
    *(_row(operation) for operation in sorted(OPERATIONS, key=lambda each: each.row)),
    *_PAGING,
    *_SUBSCRIPTIONS,
)
