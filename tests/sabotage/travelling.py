"""Ways to make becoming equal cost more than it has to, or give away what it should not."""

from __future__ import annotations

from tests.sabotage.breaks import Break

NOTHING_NEW = "tests/end_to_end/test_nothing_new.py"

TRAVELLING = [
    Break(
        "ask for a session with each exchange",
        "node/reaching.py",
        ", tokens=home.tokens)",
        ")",
        f"{NOTHING_NEW}::test_where_nothing_is_new_one_request_tells_so_in_less_than_a_kilobyte",
    ),
    Break(
        "give up where a session is over",
        "sync/http.py",
        "with suppress(SessionOver):",
        "with suppress():",
        "tests/sync/test_http.py::test_a_session_is_opened_once_and_anew_where_the_node_forgot_it",
    ),
    Break(
        "show a session's token to any node",
        "node/tokens.py",
        "return self._known(collective, device).get(origin)",
        "return next(iter(self._known(collective, device).values()), None)",
        "tests/node/test_tokens.py"
        "::test_a_token_is_shown_to_the_origin_that_gave_it_and_to_no_other",
    ),
    Break(
        "take half of an encrypted file for the whole",
        "log/passphrase.py",
        "            raise _damaged() from None\n        yield text",
        "            return\n        yield text",
        "tests/log/test_passphrase.py"
        "::test_what_was_changed_or_cut_anywhere_is_told_from_a_wrong_passphrase",
    ),
    Break(
        "show a passphrase to whoever looks on",
        "cli/passphrases.py",
        "hide_input=True",
        "hide_input=False",
        "tests/cli/test_bundles.py::test_who_types_is_asked_twice_and_nothing_is_shown",
    ),
    Break(
        "unpack whatever comes",
        "web/bodies.py",
        "        if len(plain) > most:\n            raise _too_large(most)\n",
        "",
        "tests/web/test_packed.py::test_a_little_that_becomes_a_lot_is_left_soon",
    ),
    Break(
        "give up where a connection breaks",
        "sync/http.py",
        "answer = stubbornly(say, self._is_over)",
        "answer = say()",
        "tests/end_to_end/test_broken_off.py"
        "::test_a_connection_that_breaks_is_taken_up_where_it_was",
    ),
]
