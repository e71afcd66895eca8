"""The board «Bảng giao ban», what committees ask of their units, reminders."""
