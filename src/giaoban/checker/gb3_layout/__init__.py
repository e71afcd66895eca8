"""GB3: the layout of a Word document against the guide in force on its date of issue."""
