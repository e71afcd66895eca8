"""Meetings: schedule, attendance, conclusions, minutes, scores, visits, conferences (domain.md 3)."""
