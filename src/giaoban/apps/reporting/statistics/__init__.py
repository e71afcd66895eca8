"""The statistics workbook of a committee: its sheets as data, every cell a figure, and what must agree between them."""
