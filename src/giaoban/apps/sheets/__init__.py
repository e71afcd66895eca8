"""Sheets in and out: columns, templates, reading .xlsx and .csv, errors cell by cell. Knows no register."""
