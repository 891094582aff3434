"""Result bundles: a plan and everything it was made from, in one folder."""
