"""What falls due: the list of duties, leaves of single ones, the days that are worked."""
