"""What is asked about members; nothing here writes."""
