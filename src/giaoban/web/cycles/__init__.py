"""Screens of the reporting cycle: what units send, who looks through it, what adds up, and the office's forms."""
