"""Who comes when, and where load may go. Run by deploy/scripts/check-tools."""

import unittest

from souk_load.settings import require_loopback
from souk_load.shapes import most_users, planned_users


class Shapes(unittest.TestCase):
    def test_steady_comes_within_a_sixth_and_stays(self):
        counts = [planned_users("steady", 60, 60, second) for second in (0, 5, 10, 59.9, 60)]
        self.assertEqual(counts, [1, 30, 60, 60, None])

    def test_a_spike_is_four_times_as_many_for_a_fifth(self):
        counts = [planned_users("spike", 10, 100, second) for second in (39.9, 40, 59.9, 60)]
        self.assertEqual(counts, [10, 40, 40, 10])
        self.assertEqual(most_users("spike", 10), 40)


class Loopback(unittest.TestCase):
    def test_only_this_machine_is_loaded(self):
        for url in ("http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"):
            require_loopback(url)
        for url in ("http://example.com", "http://10.0.0.1:8080", "http://127.0.0.1.example.com", "nothing"):
            with self.assertRaises(SystemExit):
                require_loopback(url)


if __name__ == "__main__":
    unittest.main()
