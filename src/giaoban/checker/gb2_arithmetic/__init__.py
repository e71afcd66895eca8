"""GB2: numbers of one statement that contradict each other."""
