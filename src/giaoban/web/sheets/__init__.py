"""Screens that bring an office's Excel files into the registers."""
