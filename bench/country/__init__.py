"""A whole country in PostgreSQL, generated and thrown away: 52,000 grassroots units, 5.4 million members.

Run by `make country`; it takes twenty minutes and more, and 15 GB of disk, so it is no part of `make bench`.

Measured with the whole country on two cores, warm, ms on the clock (median of five to seven). The limit is 150. With
two other programs at work, if nothing else is said:

    page that asks no register 20; of the country 92, of a province 84, of the largest 101
    page of a committee above the grassroots 119, of a grassroots unit 112, of a cell 83
    members of a grassroots unit 48, of a province 81; searched in a grassroots unit 38, in the largest province 112,
    in the country 122, by card 38; short names in the largest province 143
    letters on the way of a province 141, before letters said themselves when they were sent
    worklists of a cell 117 and of a grassroots unit 107 (174 at worst), of a committee above the grassroots 161
    one worklist of such a committee 72 to 120, badges 102

    by the committees directly below          province   largest    country
        probation that ends                         81        93         50
        letters                                     56       120         45
        badges of the next round                   108       123        115
        exemptions that end                         62        77         71
        away without contact                        54        70         84
        empty seats (not counted)                   23        28         58

    Of processor time, with eight other programs, where a page that asks no register took 43: worklists of a committee
    above the grassroots 256 (333 beside 38 before the stretches of a round were one condition), letters on the way of
    a province 221 (233 beside 38), short names in the largest province 273.

    the same before the cases were found first and met the tree once, and before sums of them were kept for provinces
    and the country: badges of a province 240, of the largest 400, of the country 992; letters of the country 1,097,
    probation 297, exemptions 241, away 276

What is not warm takes the disk's time: the first search of a common name in the largest province 5.6 s, since some
thousand people stand on as many pages of the table; the first page of a committee 420 ms.

With seven other programs at work a province renamed took 400 ms on the clock (130 of processor time), a committee moved
to another province with all below it 600 to 1,750 (430 to 550; limit 2,000). A quarter by kind for every unit took 0.39
of the time of the statement by hand (limit 1.5). All that is kept of what is followed up was told anew in 67 seconds
with 200 MB, compared with the registers in 240.
"""
