"""Screens of papers: choose the form and the people, take the file away; change the words of a form."""
