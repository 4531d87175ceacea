"""The page about devices: one's own, how to add one before the only one is lost, and how the group
stands if phones are lost."""

from starlette.routing import Route

from goround.pages.devices import own_devices
from goround.pages.standing import advises_second_device, in_words
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/devices", room.page(_devices))]


def _devices(visit: Visit) -> Page:
    reading = visit.reading
    rows = own_devices(reading, visit.device)
    return Page(
        "devices.html",
        {
            "devices": rows,
            "device": visit.device,
            "epoch": reading.view.epoch.id,
            "advises": advises_second_device(reading),
            "standing": in_words(reading),
            "alone": len(reading.view.epoch.members) == 1,
            "is_last": len(rows) == 1,
        },
    )
