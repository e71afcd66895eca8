"""The committee's own report as it stands: its stage, words, figures, editions (decision D23)."""
