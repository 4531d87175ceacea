"""The pages about members."""

from starlette.routing import Route

from goround.web.rooms import Room


def pages(_room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return []
