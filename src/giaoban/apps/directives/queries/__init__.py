"""What is asked about targets."""
