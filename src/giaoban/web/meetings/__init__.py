"""Meetings of units on screen: schedule, one meeting, the page for a telephone, scores and their review."""
