"""Work that a text gives: who is to do what, by when, how often; in sentences, lists, tables and behind labels."""
