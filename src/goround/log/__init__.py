"""Is it genuine? Bytes, keys, chains, the graph and proofs; nothing here knows of people."""
