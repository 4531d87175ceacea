"""The node puts it together: store, key, clock and fold, for every collective of one home."""
