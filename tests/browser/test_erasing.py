"""Words that were erased are dropped by a browser too, which judges by itself that they were; and
they never come back."""

from tests.browser.callers import Founder, lines_in, runs, signs
from tests.browser.profiles import Profile

TENDS = """
  const { Tending } = await module("tending");
  const replica = await replicaOf(given);
  await replica.catchUp();
  await new Tending(replica).tend();
"""


def words_kept(ben: Profile, founder: Founder, event: str) -> bytes | None:
    """Give the words of an event as Ben's browser keeps them."""
    (found,) = [kept for kept in lines_in(ben.page, founder.collective) if kept.id == event]
    return found.content.words if found.content else None


def test_what_its_author_erased_is_dropped(ben: Profile, founder: Founder) -> None:
    said = founder.home.does("say", "--", founder.collective, "I never said this")["id"]
    runs(ben.page, TENDS, founder.collective)
    assert words_kept(ben, founder, said) == b'{"text":"I never said this"}'
    founder.home.does("erase", "--", said)
    runs(ben.page, TENDS, founder.collective)
    assert words_kept(ben, founder, said) is None


def test_what_one_erases_oneself_is_dropped_here_too(ben: Profile, founder: Founder) -> None:
    act = {"type": "say", "on": founder.collective}
    said = signs(ben.page, founder.collective, act, {"text": "oh"})["id"]
    done = signs(ben.page, founder.collective, {"type": "erase", "event": said}, {})
    assert done["sent"]
    runs(ben.page, TENDS, founder.collective)
    assert words_kept(ben, founder, said) is None


def test_what_was_erased_before_it_went_out_goes_out_without_its_words(
    ben: Profile, founder: Founder
) -> None:
    runs(ben.page, TENDS, founder.collective)  # so that the modules are here
    ben.goes_offline()
    act = {"type": "say", "on": founder.collective}
    said = signs(ben.page, founder.collective, act, {"text": "oh, 555"})["id"]
    assert waits(ben, founder) == [True]
    done = signs(ben.page, founder.collective, {"type": "erase", "event": said}, {})
    assert not done["sent"]
    assert waits(ben, founder) == [False, False]
    ben.comes_online()
    runs(ben.page, TENDS, founder.collective)
    rows = {row["id"]: row for row in founder.home.does("log")}
    assert said in rows
    assert waits(ben, founder) == []


def waits(ben: Profile, founder: Founder) -> list[bool]:
    """Let Ben's browser carry out what is erased; tell what waits there, and whether with words."""
    body = """
      const { Tending } = await module("tending");
      const kept = await module("kept");
      const tending = new Tending(await replicaOf(given));
      await tending.learn();
      await kept.eraseWords(given, [...tending.fold.erased(tending.replica.device)]);
      return (await kept.outbox(given)).map(({ line }) => JSON.parse(line)[3] !== "");
    """
    return list(runs(ben.page, body, founder.collective))


def test_what_all_decided_to_erase_is_dropped(ben: Profile, founder: Founder) -> None:
    said = founder.home.does("say", "--", founder.collective, "Ben's old address")["id"]
    effects = [{"do": "erase", "event": said}]
    terms = {"type": "propose", "matter": "agreement", "effects": effects}
    words = {"title": "Erase it", "text": "It concerns nobody."}
    proposal = signs(ben.page, founder.collective, terms, words)["id"]
    founder.home.does("position", "--", proposal, "agree")
    runs(ben.page, TENDS, founder.collective)
    assert words_kept(ben, founder, said) is not None
    agree = {"type": "position", "version": proposal, "stance": "agree"}
    assert signs(ben.page, founder.collective, agree, {})["sent"]
    runs(ben.page, TENDS, founder.collective)
    runs(ben.page, TENDS, founder.collective)
    assert words_kept(ben, founder, said) is None
