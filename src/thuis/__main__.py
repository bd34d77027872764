"""``python -m thuis``."""

from thuis.cli import main

main()
