"""Claims about a part of a number: fractions, percentages, averages, prices."""
