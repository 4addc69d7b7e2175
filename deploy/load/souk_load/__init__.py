"""The parts of `make load`: who comes when, what is prepared, what is noted, what the report says."""
