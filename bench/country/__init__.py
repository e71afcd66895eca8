"""A whole country in PostgreSQL, generated and thrown away: 52,000 grassroots units, 5.4 million members.

Run by `make country`; it takes twenty minutes and more, and 15 GB of disk, so it is no part of `make bench`.

Measured with the whole country on two cores on which a dozen other programs ran, so in processor time of program and
server together (ms, mean of six), which such a machine lengthens much, by half and more. The limit is 150.

    page of a cell 160, of a grassroots unit 193, of a committee above the grassroots 257 (52 questions and fewer)
    page of a province 265, of the largest 465 to 795, of the country 158
    members searched in a grassroots unit 68, in the largest province 704, in the country 202; by card 66

    before sums were kept for provinces and the country, measured in the same way on a machine that had less to do:
    page of a cell 168, of a grassroots unit 216, of a committee above the grassroots 395
    page of a province 824, of the largest 2,400, of the country 7,100
    letters on the way of a province 193; members of a grassroots unit 103, of a province 138
    all worklists of a cell 134, of a grassroots unit 142, of a committee above the grassroots 400
    one worklist of such a committee: probation 93, letters 82, badges 184, exemptions 152, away 155, seats 145

A province renamed took 76 ms of processor time (948 on the clock), a committee moved to another province with all
below it 304 (2,900 on the clock of that machine; limit 2,000). Letters and absences were left out of that country. A
quarter by kind for every unit took 0.78 of the time of the statement by hand (limit 1.5). What is left on the page of
a large province is the roll of each of its committees, added up from their cells: the sums are kept for provinces and
the country alone. A common name in a large province is looked for among all who bear it.
"""
