"""How fast the parts that matter are, each beside a baseline that is measured in the same run on the same machine."""
