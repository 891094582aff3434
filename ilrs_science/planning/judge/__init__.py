"""The judge: simulator, checker and certificate; none of them knows the solver or any code that made a plan."""
