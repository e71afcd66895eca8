"""What is asked about inspection; nothing here writes."""
