"""Goals with a number that a text sets: in sentences, in lists below «phấn đấu», and in tables."""
