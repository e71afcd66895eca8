"""Documents that a text names: by number and symbol, by number alone, by the conference that passed them."""
