"""Value types that every room uses: periods, Vietnamese numbers, dates and names, errors. Standard library only."""
