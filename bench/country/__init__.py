"""A whole country in PostgreSQL, generated and thrown away: 52,000 grassroots units, 5.4 million members.

Run by `make country`; it takes twenty minutes and more, and 15 GB of disk, so it is no part of `make bench`.

Measured with the whole country on two cores that had much else to do, so in processor time of program and server
together (ms, median), which such a machine lengthens too. The limit is 150.

    page of a cell 168, of a grassroots unit 216, of a committee above the grassroots 395
    page of a province 824, of the largest 2,400, of the country 7,100
    members of a grassroots unit 103, of a province 138; searched 60, 415, of the country 153; by card 60
    letters on the way of a province 193
    all worklists of a cell 134, of a grassroots unit 142, of a committee above the grassroots 400
    one worklist of such a committee: probation 93, letters 82, badges 184, exemptions 152, away 155, seats 145

On the clock: a province renamed 532 ms, a district moved with all below it 1,856 ms (limit 2,000); a quarter by kind
for every unit in 0.78 of the time of the statement by hand (limit 1.5). Pages of the units above the
grassroots are over the limit since they add up flows and stocks of thousands of cells when they are asked: sums kept
for each such unit would spare that.
"""
