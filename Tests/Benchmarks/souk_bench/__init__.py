"""The parts of `make bench`. Standard library only: what measures should need little."""
