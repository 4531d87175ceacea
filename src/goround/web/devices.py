"""The page about devices: one's own, how to add one before the only one is lost, and how the group
stands if phones are lost."""

from starlette.routing import Route

from goround.ids import DeviceId
from goround.pages.devices import is_too_late, one_device, own_devices, retired_ones, signed_by
from goround.pages.standing import advises_second_device, in_words
from goround.web.feed import has_feed
from goround.web.history import ON_A_PAGE, rows_of
from goround.web.paging import part
from goround.web.rooms import Page, Room, Visit, nothing


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/devices", room.page(_devices, room.noted.__getitem__)),
        Route("/c/{collective}/devices/{device}", room.page(_signed)),
    ]


def _devices(visit: Visit) -> Page:
    reading = visit.reading
    rows = own_devices(reading, visit.device)
    return Page(
        "devices.html",
        {
            "devices": rows,
            "device": visit.device,
            "retired": retired_ones(reading, visit.device),
            "epoch": reading.view.epoch.id,
            "advises": advises_second_device(reading),
            "standing": in_words(reading),
            "is_last": len(rows) == 1,
            "has_feed": has_feed(visit),
        },
    )


def _signed(visit: Visit) -> Page:
    """Draw everything that one device signed, so that its person can look what it said."""
    device = DeviceId(visit.path["device"])
    about = one_device(visit.reading, device, visit.device)
    if about is None:
        return nothing(visit)
    shown = part(visit, signed_by(visit.reading, device), ON_A_PAGE)
    rows = rows_of(visit, list(shown.rows))
    late = {row["id"] for row in rows if is_too_late(visit.reading, row["id"])}
    return Page("device_signed.html", {"about": about, "rows": rows, "late": late, "list": shown})
