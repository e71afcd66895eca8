"""What is asked about duties and working days; nothing here writes."""
