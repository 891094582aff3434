"""When it is possible: from constraints to exact intervals, and what removed the rest."""
