"""What every finder of claims works with: numbers and their nouns in a flow, lists of parts, what digits allow."""
