"""Conferences of a committee and the notice of a briefing."""
