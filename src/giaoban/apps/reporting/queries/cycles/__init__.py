"""What is asked of units and how far they are: forms, cycles, submissions, snapshots."""
