"""Reference B: what the JSON holds."""

from __future__ import annotations

from tests.support.fidelity.row import Row, only_read, sent

_DEVELOPMENT = "shapes of development servers of 2011"
_READ = "recorded::comes_back_but_for_known_losses"

ROWS: tuple[Row, ...] = (
    sent("B", "`meta.code` is always there", "server_access::every_read_answers"),
    sent("B.1", "`id` is `<pk>_<user id>`, `created_time` text of seconds",
         "server_users::a_page_has_20_items_and_their_next_key",
         "server_media::search_pages_by_time"),
    only_read("B.1", "`id` of digits alone", _DEVELOPMENT, _READ),
    sent("B.1", "`link` is null", "eras_shapes::a_link_that_is_none_stays_so"),
    sent("B.1", "`images` of three sizes, also of videos and carousels", "eras_shapes::videos",
         "eras_shapes::carousels_are_their_first_part_until_april_2017"),
    sent("B.1", "`low_bandwidth`", "eras_shapes::videos"),
    sent("B.1", "parts of a carousel: no id, a video has no `images`",
         "eras_shapes::carousels_are_their_first_part_until_april_2017"),
    sent("B.1", "`caption`, `filter`, `attribution`, `location` are null, or objects and text",
         "eras_entities::what_may_be_null"),
    sent("B.1", "`comments.data`: 8 at most, oldest first; `likes.data`: 4 at most",
         "eras_shapes::comments_and_likes_inside_media",
         "server_media::likes_are_the_newest_120"),
    only_read("B.1", "`likes` without `data` in 2011", _DEVELOPMENT, _READ),
    sent("B.1", "`location` with all fields, the point alone, or no point",
         "eras_shapes::places_have_what_is_known_of_them"),
    only_read("B.1", "`location` whose fields are null", _DEVELOPMENT, _READ),
    sent("B.1", "`tags`: lower case, any script, or none", "server_tags::names_in_any_script",
         "eras_entities::what_may_be_null"),
    sent("B.1", "`users_in_photo` with positions, or empty",
         "eras_shapes::people_on_pictures_have_only_a_name_from_2017_on",
         "eras_entities::what_may_be_null"),
    only_read("B.1", "`users_in_photo` is null", "seen in two clients' test data alone", _READ),
    sent("B.1", "`user_has_liked` is absent for an app alone",
         "server_access::the_application_alone_may_read_what_is_public"),
    sent("B.2", '`username`, `profile_picture`, `id`, `full_name`, which may be `""`',
         "eras_shapes::owners_of_media_have_a_bio_and_a_website_in_2013",
         "eras_entities::names_may_be_empty"),
    sent("B.2", "ids above 2**31", "eras_entities::names_may_be_empty"),
    only_read("B.2", "`first_name`, `last_name`, no `full_name`", _DEVELOPMENT, _READ),
    sent("B.3", 'a profile with `counts`; `bio` and `website` may be `""`',
         "server_users::a_user_by_self_and_by_id", "eras_entities::names_may_be_empty"),
    sent("B.4", "the id of a place: a number inside media, text elsewhere",
         "eras_shapes::places_have_what_is_known_of_them"),
    sent("B.5", "a comment: `created_time`, `text`, `from`, `id`",
         "server_media::comments_are_the_newest_150_oldest_first"),
    sent("B.6", "a tag: `media_count`, `name`", "server_tags::a_tag_and_its_count"),
    sent("B.7", "`outgoing_status`, `incoming_status`, `target_user_is_private`",
         "server_relationships::a_private_user_decides",
         "server_relationships::follow_and_unfollow"),
    sent("B.7", "`blocked_by_you`", "server_relationships::block_and_unblock"),
    only_read("B.7", "`target_user_is_private` is absent", "documentation of 2011 alone", _READ),
    sent("B.8", "a token and its owner without `counts`",
         "server_oauth::a_code_becomes_a_token_once"),
)  # fmt: skip
