"""Small lives for the tests of the module."""

import os
import tempfile
import unittest

import noema

PEOPLE = ["Ann", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana"]
TOWNS = ["Oslo", "Kyoto", "Lima", "Turin"]
LINES = [f"{one} lives in {TOWNS[i % 4]} ." for i, one in enumerate(PEOPLE)] + [
    f"{one} works at the {'mill' if i % 2 else 'school'} ." for i, one in enumerate(PEOPLE)]


class LifeTest(unittest.TestCase):
    """Has a new life in a folder that is gone afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "a.life")
        noema.new_life(self.path)

    def mind(self, lines=LINES, **options):
        mind = noema.Mind(self.path, **options)
        self.addCleanup(mind.close)
        mind.tell_all(lines)
        return mind
