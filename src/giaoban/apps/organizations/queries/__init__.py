"""What is asked about organisations; nothing here writes."""
