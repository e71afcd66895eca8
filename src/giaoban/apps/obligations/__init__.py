"""What is owed by a day: rules, the cases that other apps give, extensions and excuses, working days."""
