"""The known losses: what does not come back when a reply is read and written again."""

from __future__ import annotations

from tests.support.differences import ABSENT, Loss

_SUMMARY = r"(UserSummary|.*\.(user|from)|Media\.likes\.data\[\])"
_PERSON = rf"(User|{_SUMMARY})"
_NAMES = "a first and a last name were sent in 2011 only, and are not modelled"
_PROFILE = "summaries had parts of the profile until 2014; `User` has them"
_SPARSE = "2011 and carousels of 2017 leave it out, all others send it"
_SAMPLE = "documents cut their samples"
_NULL_PLACE = "the dev server of 2011 sent nulls where all later ones leave the key out"
_UNKNOWN = "unknown keys are ignored"

LOSSES = (
    Loss(rf"{_PERSON}\.first_name", str, ABSENT, _NAMES),
    Loss(rf"{_PERSON}\.last_name", str, ABSENT, _NAMES),
    Loss(rf"{_SUMMARY}\.type", "user", ABSENT, "2011: a user is always a user"),
    Loss(rf"{_PERSON}\.full_name", ABSENT, "", "2011 leaves it out, all others send it"),
    Loss(rf"{_SUMMARY}\.bio", str, ABSENT, _PROFILE),
    Loss(rf"{_SUMMARY}\.website", str, ABSENT, _PROFILE),
    Loss(r"User\.bio", ABSENT, "", "2011 leaves it out, all others send it"),
    Loss(r"User\.website", ABSENT, "", "2011 leaves it out, all others send it"),
    Loss(r"Media\.user\.id", int, str, "ids are text, whatever the server sent"),
    Loss(r"Media\.attribution", ABSENT, None, _SPARSE),
    Loss(r"Media\.location", ABSENT, None, _SPARSE),
    Loss(r"Media\.filter", ABSENT, None, "2011 leaves it out where there is none"),
    Loss(r"Media\.tags", ABSENT, [], "2011 leaves it out where there are none"),
    Loss(r"Media\.users_in_photo", ABSENT, [], "2011 knew no tags on pictures"),
    Loss(r"Media\.users_in_photo", None, [], "some videos have null in place of nobody"),
    Loss(r"Media\.likes\.data", ABSENT, [], "a count of 0 alone: nobody, or no sample"),
    Loss(r"Media\.comments\.data", ABSENT, [], "a count of 0 alone: nobody, or no sample"),
    Loss(r"Media\.comments\.data", [], ABSENT, "an empty sample is no sample"),
    Loss(r"Media\.comments\.count", ABSENT, 0, _SAMPLE),
    Loss(r"Media\.likes\.count", ABSENT, 0, _SAMPLE),
    Loss(r"Media\.location\.id", str, int, "text in 2011 only, a number ever since"),
    Loss(r"Media\.location\.(id|name)", None, ABSENT, _NULL_PLACE),
    Loss(r"Media\.location\.(latitude|longitude)", None, ABSENT, _NULL_PLACE),
    Loss(r"Tag\.media_count", float, int, "a whole number, which September 2015 sent as a float"),
    Loss(r".*\.videos\.\w+\.id", str, ABSENT, f"{_UNKNOWN}: it is often 0"),
    Loss(r"Media\.(caption|comments\.data\[\])\.test", str, ABSENT, f"{_UNKNOWN}: a misprint"),
    Loss(r"Media\.(caption|comments\.data\[\])\.text", ABSENT, "", "the misprint again"),
    Loss(r"Media\.id", ABSENT, "id is missing", f"{_SAMPLE}; without an id it is unreadable"),
    Loss(r"Media\.likes\.data\[\]\.id", ABSENT, "id is missing", f"{_SAMPLE}; as above"),
)
