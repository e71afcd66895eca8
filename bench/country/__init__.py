"""A whole country in PostgreSQL, generated and thrown away: 52,000 grassroots units, 5.4 million members.

Run by `make country`; it takes some twenty minutes and 15 GB of disk, so it is no part of `make bench`.
"""
