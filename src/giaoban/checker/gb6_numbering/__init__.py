"""GB6: numbers of headings that jump or come twice."""
