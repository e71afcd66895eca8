"""GB0: what is wrong with the list of findings that a person has let stand."""
