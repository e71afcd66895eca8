"""`python -m giaoban` is the same as `giaoban`."""

from giaoban.cli import main

main()
