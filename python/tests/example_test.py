import os
import subprocess
import sys
import unittest


class Example(unittest.TestCase):
    def test_the_notebook_runs_from_its_first_cell_to_its_last(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "example.py")
        done = subprocess.run([sys.executable, script], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("205 inputs", done.stdout)
        self.assertIn("did you mean", done.stdout.splitlines()[-1])
