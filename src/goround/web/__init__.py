"""The web face: what a node answers over HTTP. It decides nothing."""
