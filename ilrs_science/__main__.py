"""``python -m ilrs_science`` is ``ilrs``."""

from ilrs_science.cli import main

if __name__ == "__main__":
    main()
