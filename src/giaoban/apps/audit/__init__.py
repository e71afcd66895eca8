"""Who did what when: the audit trail, and the common shape of every register's journal (decisions D1, D18, D20)."""
