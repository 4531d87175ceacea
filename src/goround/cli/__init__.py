"""The terminal: one small file per group of commands. Commands decide nothing."""
