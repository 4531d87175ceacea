"""Ways to break on purpose how a browser makes, reads, keeps and sends events, and the test that
must notice each of them. A file lies in static/js."""

from tests.sabotage.breaks import Break

BYTES = "tests/browser/test_the_same_bytes.py"
SIGNING = "tests/browser/test_signing.py"
FORMS = "tests/browser/test_forms.py"
SAYING = "tests/browser/test_after_saying.py"
TENDING = "tests/browser/test_tending.py"
OFFLINE = "tests/browser/test_offline.py"
WORKER = "../worker.js"

BREAKS = [
    # --- Is it genuine?
    Break(
        "believe keys of small order",
        "keys.js",
        "if (SMALL_ORDER.has(device) || SMALL_ORDER.has(encode(signed.subarray(0, 32))))",
        "if (false)",
        f"{BYTES}::test_a_signature_gets_its_verdict",
    ),
    Break(
        "read a header in any spelling",
        "header.js",
        "if (encodeHeader(header) !== raw) throw notCanonical();",
        "",
        f"{BYTES}::test_a_header_gets_its_verdict",
    ),
    Break(
        "let anybody change the words of an event",
        "event.js",
        "(await commitment(decode(salt), words)) !== head.commit",
        "false",
        f"{BYTES}::test_an_event_gets_its_verdict",
    ),
    Break(
        "skip the signatures of what comes",
        "bundle.js",
        "await Promise.all(vouching.map(checkSignature));",
        "",
        f"{BYTES}::test_a_bundle_gets_its_verdict",
    ),
    Break(
        "believe any lamport",
        "graph.js",
        "if (head.lamport !== 1 + Math.max(0, ...lamports))",
        "if (false)",
        f"{BYTES}::test_a_graph_takes_in_what_its_vector_says",
    ),
    Break(
        "write the fields of an act as they come",
        "acts.js",
        "const named = Object.keys(fields).filter((key) => given[key] !== undefined);",
        "const named = Object.keys(given).filter((key) => key !== 'type').reverse();",
        f"{BYTES}::test_an_act_is_written_in_the_order_of_its_fields",
    ),
    # --- Who signs, and where?
    Break(
        "let a script read the key",
        "keys.js",
        'generateKey(ED25519, false, ["sign", "verify"])',
        'generateKey(ED25519, true, ["sign", "verify"])',
        f"{SIGNING}::test_a_key_can_be_read_by_nobody",
    ),
    Break(
        "sign where the chain was, not where it is",
        "kept.js",
        'if ((own?.[1] ?? "") !== event.head.prev || known.device !== event.head.device)',
        "if (false)",
        f"{SIGNING}::test_a_chain_never_parts_even_where_tabs_do_not_wait_for_each_other",
    ),
    Break(
        "sign before asking the node for one's own chain",
        "replica.js",
        "const isReached = await isThere(() => soon(this.catchUp()));",
        "const isReached = true;",
        f"{SIGNING}::test_a_browser_that_was_restored_from_a_copy_goes_on_where_it_was",
    ),
    Break(
        "sign what a rule refuses",
        "replica.js",
        "if (isReached) await isThere(() => soon(this.node.check(act, said)));",
        "",
        f"{SIGNING}::test_an_act_that_a_rule_refuses_is_not_signed",
    ),
    Break(
        "go on after a fork",
        "replica.js",
        "await this.#checkUnforked(act.type);",
        "",
        f"{SIGNING}::test_a_device_that_signed_two_histories_signs_nothing_more",
    ),
    Break(
        "answer what has not arrived",
        "replica.js",
        "await this.#checkKnown(act);",
        "",
        f"{SIGNING}::test_an_answer_to_what_has_not_arrived_is_not_signed",
    ),
    # --- Is it kept, and sent?
    Break(
        "forget what has yet to be sent",
        "kept.js",
        "await append(store, collective, [event]);\n"
        '    await answered(store("outbox").add({ collective, id, line: encodeLine(event) }));',
        "await append(store, collective, [event]);",
        f"{SIGNING}::test_a_tab_killed_between_storing_and_sending_loses_nothing",
    ),
    Break(
        "wait for a node for ever",
        "patience.js",
        "timer = setTimeout(tooLate, MOST_WAITING);",
        "",
        f"{SIGNING}::test_a_network_that_swallows_everything_keeps_nobody_waiting",
    ),
    Break(
        "leave a node with what it lost",
        "conversation.js",
        "if (lacking.length === 0) return none;",
        "if (lacking.length >= 0) return none;",
        f"{SIGNING}::test_a_node_that_lost_its_newest_events_gets_them_back",
    ),
    Break(
        "let a session be over",
        "node.js",
        "await this.enter(); // the node was started anew, or the session is over",
        "throw error;",
        f"{SIGNING}::test_a_session_that_the_node_forgot_is_renewed",
    ),
    Break(
        "keep what was erased",
        "tending.js",
        "await kept.eraseWords(this.replica.collective, "
        "[...this.fold.erased(this.replica.device)]);",
        "",
        "tests/browser/test_erasing.py::test_what_its_author_erased_is_dropped",
    ),
    # --- How does a page write?
    Break(
        "say everything twice that is clicked twice",
        "forms.js",
        'if (form.getAttribute("aria-busy") === "true") return;',
        "",
        f"{FORMS}::test_a_second_click_says_nothing_twice",
    ),
    Break(
        "show a page over one that is newer",
        "live.js",
        "return fresh && eventsOf(fresh) < eventsOf(document) ? fetched() : fresh;",
        "return fresh;",
        f"{SAYING}::test_a_page_that_was_long_on_its_way_takes_the_place_of_no_newer_one",
    ),
    Break(
        "tell an answer to the words before as one to new ones",
        "forms.js",
        "version(/** @type {HTMLElement} */ (again)) !== version(form)",
        "false",
        f"{SAYING}::test_an_answer_that_new_words_overtook_is_not_told_as_one_to_them",
    ),
    Break(
        "take what was not looked at for done",
        "tending.js",
        "if (signed < MOST_BY_ITSELF) await noteTended(collective, tending.count);",
        "await noteTended(collective, tending.count + 1);",
        f"{TENDING}::test_what_was_looked_at_is_not_judged_again_until_something_comes",
    ),
    Break(
        "let whoever pressed a button go before it is kept",
        "leaving.js",
        """  document.addEventListener("click", wait);""",
        "",
        f"{FORMS}::test_whoever_says_something_and_follows_a_link_at_once_has_said_it",
    ),
    Break(
        "lose what was typed",
        "forms.js",
        "say(form, sentenceOf(error), true);",
        "form.reset(); say(form, sentenceOf(error), true);",
        f"{FORMS}::test_a_refusal_says_why_and_keeps_what_was_typed",
    ),
    # --- What is there without a network?
    Break(
        "take whoever has the address for the node",
        WORKER,
        'if (!answer.headers.has("Goround")) return null;',
        "",
        "tests/browser/test_gone_for_good.py",
    ),
    Break(
        "wait for a node for as long as it likes",
        WORKER,
        "await (seen ? Promise.race([asked, late()]) : asked)",
        "await asked",
        f"{OFFLINE}::test_a_node_that_does_not_answer_soon_is_not_waited_for",
    ),
    Break(
        "keep pages with words that were erased",
        "kept.js",
        "if (isNew) await forgetSeen(collective);",
        "",
        f"{OFFLINE}::test_words_that_were_erased_are_on_no_page_that_was_seen",
    ),
    Break(
        "keep pages of a collective that a device has left",
        "kept.js",
        """  });
  await forgetSeen(collective);""",
        "  });",
        f"{OFFLINE}::test_what_was_seen_is_forgotten_when_a_device_leaves",
    ),
    Break(
        "take for handed over what nobody answered for",
        "node.js",
        "if (!Array.isArray(events) || events.length !== count) throw new NotANode();",
        "if (!Array.isArray(events)) return [];",
        "tests/browser/test_lying_nodes.py::test_whoever_answers_nonsense_is_as_good_as_nobody",
    ),
    Break(
        "ask again for what was said already",
        "page.js",
        "await coverAnswered();",
        "",
        f"{OFFLINE}::test_a_page_that_was_seen_is_read_and_answered_while_the_node_is_dead",
    ),
]
