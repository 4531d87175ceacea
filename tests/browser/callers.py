"""People who use the scripts of the pages without the pages: a script in a tab that is open anyway
founds, joins, signs and reads, and a terminal in the node's own home sits at the same table."""

from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from goround.errors import GoroundError
from goround.ids import CollectiveId, DeviceId, encode
from goround.log.bundle import decode_line
from goround.log.event import Event
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.replica import Replica
from goround.web.assets import version
from tests.browser.nodes import Node
from tests.browser.profiles import Profile
from tests.end_to_end.people import Person, served

MODULES = f"/static/{version()}/js"
"""Where pages have their modules from: a browser that has them does not ask for them again."""
SCRIPT = f"""
const module = (name) => import(`{MODULES}/${{name}}.js`);
const replicaOf = async (collective) => (await module("replica")).openReplica(collective);
"""


def runs(page: Page, body: str, given: Any = None) -> Any:  # noqa: ANN401 - whatever comes of it
    """Run the body of an async function of `given`, where modules can be had by name."""
    return page.evaluate(f"async (given) => {{ {SCRIPT} {body} }}", given)


class Founded(NamedTuple):
    """What was there before a test begins: a home with a collective, links by whom they invite,
    without the address, and the keys of those who came in."""

    home: Path
    collective: CollectiveId
    links: dict[str, str]
    keys: dict[str, DeviceKey]


def founded(folder: Path, *guests: str) -> Founded:
    """Let Anna found a collective in a terminal, and invite these."""
    home = Person("Anna", folder)
    told = home.does("found", "Bread", "--as", "Anna", "--purpose", "We bake")
    links = {name: invited(home, name, "http://nowhere") for name in guests}
    ends = {name: link.removeprefix("http://nowhere") for name, link in links.items()}
    return Founded(home.home, CollectiveId(told["collective"]), ends, {})


def joined(before: Founded, name: str, folder: Path) -> Founded:
    """Let somebody join in a terminal, whose device a browser can become afterwards: they type
    nothing there any more."""
    host, guest = Person("Anna", folder), Person(name, folder)
    host.home = before.home
    with served(host) as address:
        guest.prints("join", address + before.links[name], "--as", name, "--yes")
    replica = Home(guest.home).replica(before.collective)
    replica.close()
    assert replica.key
    return before._replace(links={}, keys={name: replica.key})


def invited(home: Person, name: str, address: str) -> str:
    """Invite somebody, and give the link."""
    home.does("invite", name)
    return home.prints("invitation", name, "--at", address).decode().strip()


class Founder:
    """Anna, who founded in a terminal, in the home that the node serves."""

    def __init__(self, node: Node, before: Founded) -> None:
        self.home = node.person
        self.address = node.address
        self.collective = before.collective
        self.links = before.links
        self.keys = before.keys

    def link_for(self, name: str) -> str:
        end = self.links.get(name)
        return self.address + end if end else invited(self.home, name, self.address)

    def finds_at_the_table(self, profile: Profile, name: str) -> None:
        """Let a browser be the device with which somebody came in before the test began."""
        profile.opens("/")
        body = """
          const { keyOf } = await module("keys");
          const { decode } = await module("encoding");
          const [collective, seed] = given;
          await (await module("kept")).keepDevice({ collective, ...(await keyOf(decode(seed))) });
          const replica = await replicaOf(collective);
          await replica.enter();
          await replica.catchUp();
        """
        runs(profile.page, body, [self.collective, encode(self.keys[name].seed)])

    def lets_in(self, profile: Profile, name: str) -> str:
        """Invite somebody, and let them join; give the device that their browser became."""
        return self.joins(profile, name, self.link_for(name))

    def joins(self, profile: Profile, name: str, link: str) -> str:
        """Let somebody join with the scripts of their browser; give the device it became."""
        secret = link.partition("#")[2]
        if profile.page.url == "about:blank":
            profile.opens("/")
        body = """
          const { readSecret } = await module("proofs");
          const { readCard } = await module("node");
          const { acceptInvitation } = await module("beginning");
          const [collective, secret, person] = given;
          const invitation = await readSecret(secret);
          const card = await readCard(collective, invitation);
          const answer = { person, behind: [] };
          return (await acceptInvitation(collective, invitation.key, card, answer)).device;
        """
        device: str = runs(profile.page, body, [self.collective, secret, name])
        return device

    def replica(self) -> Replica:
        """Open what the node holds, as it is on the disk."""
        return Home(self.home.home).replica(self.collective)


def signs(page: Page, collective: str, act: dict[str, Any], words: dict[str, Any]) -> Any:  # noqa: ANN401
    """Sign something in a tab; gives what came of it, or the sentence of a refusal."""
    body = """
      const [collective, act, words] = given;
      try {
        return await (await replicaOf(collective)).sign(act, words);
      } catch (error) {
        return { error: error.name, sentence: error.message };
      }
    """
    return runs(page, body, [collective, act, words])


def device_in(page: Page, collective: str) -> DeviceId:
    """Give the device that a browser is in a collective."""
    body = "return (await (await module('kept')).deviceOf(given)).device;"
    return DeviceId(runs(page, body, collective))


def lines_in(page: Page, collective: str) -> list[Event]:
    """Give everything that a browser keeps of a collective, read and checked by Python."""
    body = """
      const { encodeLine } = await module("event");
      return (await (await module("kept")).events(given)).map(encodeLine);
    """
    return [decode_line(line.encode()) for line in runs(page, body, collective)]


def has_reached(page: Page, collective: str, words: str) -> bool:
    """Tell whether a browser keeps something that somebody wrote."""
    kept = [line.content.words.decode() for line in lines_in(page, collective) if line.content]
    return any(words in content for content in kept)


def refused(done: dict[str, Any]) -> str:
    """Give the sentence of a refusal."""
    if "sentence" not in done:
        raise GoroundError(f"This was not refused: {done}")
    return str(done["sentence"])
