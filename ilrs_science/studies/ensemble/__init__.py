"""Many lives of one plan, on one machine or many, that can be stopped and continued."""
