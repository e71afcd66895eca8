"""What is known of meetings and conferences."""
