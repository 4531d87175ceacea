"""`python -m goround` is the same as `goround`."""

from goround.cli.main import main

main()
