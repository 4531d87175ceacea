"""Is it allowed, and what follows? One file per noun of the group's language.

Everything here is judged on causal pasts: what an event could know decides what it
does, so nothing that arrives later can change it. The package knows nothing of bytes,
keys, disks or clocks; `replay` feeds it genuine events and the pasts they saw.
"""
