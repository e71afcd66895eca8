"""«Soát văn bản»: a document beside what was found in it; nothing is stored."""
