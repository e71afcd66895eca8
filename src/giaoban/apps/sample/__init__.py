"""The sample committee: invented units, people and years, built through the domain's own operations.

``facts/`` says what there is and how much of everything happened in each quarter; who and on which day is drawn from a
generator with a fixed seed, so that every build gives the same office.
"""
