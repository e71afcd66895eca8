"""Papers out: each step that needs a paper prints it, from forms that an office may change (decision D28)."""
