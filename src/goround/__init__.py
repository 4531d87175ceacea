"""Goround: collectives of three to twelve people decide everything together, as equals."""
