"""What papers are made from: the form in force, and the people or units that it can be written for."""
