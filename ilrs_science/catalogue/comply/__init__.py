"""Whether a plan keeps the rules of the catalogue: what a program finds, and what a person must decide."""
