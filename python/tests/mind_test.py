import datetime
import os
import unittest

import noema
from life import LINES, LifeTest


class Telling(LifeTest):
    def test_what_is_told_is_numbered_and_durable(self):
        mind = noema.Mind(self.path)
        self.assertEqual(mind.tell("Ann lives in Oslo ."), 1)
        self.assertEqual(mind.tell_all(["Bob lives in Lima .", {"text": "Eve sings .", "speaker": "Mia"}]), [2, 3])
        mind.close()
        mind.close()
        with noema.Mind(self.path) as again:
            self.assertEqual([row["text"] for row in again.inputs()],
                             ["Ann lives in Oslo .", "Bob lives in Lima .", "Eve sings ."])
            self.assertEqual([row["speaker"] for row in again.inputs(after=2)], ["Mia"])

    def test_an_id_that_told_the_same_text_before_stores_nothing_again(self):
        mind = self.mind([])
        self.assertEqual(mind.tell("Ann sings .", id="a", group="g"), 1)
        self.assertEqual(mind.tell("Ann sings .", id="a", group="g"), 1)
        with self.assertRaisesRegex(noema.Error, "another text"):
            mind.tell("Ann is silent .", id="a", group="g")

    def test_times_may_be_datetimes_seconds_or_texts(self):
        mind = self.mind([])
        noon = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)
        for time in (noon, noon.timestamp(), "2026-03-01T12:00:00"):
            mind.tell("Ann sings .", time=time)
        self.assertEqual({row["time"][:19] for row in mind.inputs()}, {"2026-03-01T12:00:00"})

    def test_more_than_a_batch_is_told_and_seen_by_pages(self):
        mind = self.mind(f"line number {i}" for i in range(2500))
        self.assertEqual(len(list(mind.inputs())), 2500)
        self.assertEqual(mind.status()["episodes"], 2500)

    def test_what_is_forgotten_can_be_taken_back(self):
        mind = self.mind()
        gone = mind.forget(1)
        self.assertEqual(gone["text"], LINES[0])
        self.assertEqual(f"thought:{mind.undo(gone['thought'])['undone']}", gone["thought"])


class Asking(LifeTest):
    def test_recall_finds_inputs_with_the_cue(self):
        hits = self.mind().recall("Kyoto", 3)
        self.assertEqual({hit["text"] for hit in hits[:2]}, {"Bob lives in Kyoto .", "Finn lives in Kyoto ."})

    def test_a_taught_question_is_answered_and_an_unknown_one_not(self):
        mind = self.mind()
        mind.think(None)
        self.assertIn("answer", mind.ask("where does Ann live ?", learn=False))
        self.assertIsNone(mind.ask("qwfp zxcd vbkh ?", learn=False)["answer"])
        episodes = mind.status()["episodes"]
        mind.ask("where does Ann live ?")
        self.assertEqual(mind.status()["episodes"], episodes + 1)

    def test_facts_have_dates_and_can_be_asked_as_of_an_input(self):
        mind = self.mind()
        mind.think(None)
        facts = mind.facts("Ann")
        self.assertTrue(any(fact["value"] == "Oslo" or fact["value"] == "oslo" for fact in facts), facts)
        self.assertIsInstance(mind.relations(), list)
        self.assertIsInstance(mind.rules(), list)
        with self.assertRaises(noema.Error):
            mind.facts("Zyzzyva")

    def test_queries_have_columns_parameters_and_a_mark_that_they_were_cut(self):
        mind = self.mind()
        rows = mind.query("SELECT id, text FROM episode WHERE text LIKE $who", {"who": "Ann%"})
        self.assertEqual(rows.columns, ["id", "text"])
        self.assertEqual([row["id"] for row in rows], [1, 9])
        self.assertFalse(rows.is_cut)
        self.assertTrue(mind.query("SELECT id FROM episode", rows=3).is_cut)
        with self.assertRaisesRegex(noema.Error, "only reads"):
            mind.query("DELETE FROM episodes")


class TheGraph(LifeTest):
    def test_nodes_and_edges_are_lists_of_dicts(self):
        mind = self.mind()
        nodes, edges = mind.graph()
        by_id = {node["id"]: node for node in nodes}
        self.assertIn("lives", {node["label"] for node in nodes})
        follows = {(by_id[e["from"]]["label"], by_id[e["to"]]["label"]) for e in edges if e["type"] == "follows"}
        self.assertIn(("lives", "in"), follows)
        near, _ = mind.graph("Kyoto", depth=1)
        self.assertLess(len(near), len(nodes))

    def test_pandas_and_networkx_take_them(self):
        try:
            import networkx
            import pandas
        except ImportError as error:
            self.skipTest(str(error))
        nodes, edges = self.mind().graph()
        self.assertEqual(len(pandas.DataFrame(nodes)), len(nodes))
        graph = networkx.from_pandas_edgelist(pandas.DataFrame(edges), "from", "to", edge_attr=True,
                                              create_using=networkx.MultiDiGraph)
        self.assertEqual(graph.number_of_edges(), len(edges))

    def test_concepts_are_named_by_label_or_id(self):
        mind = self.mind()
        kyoto = mind.concept("Kyoto")
        self.assertEqual(mind.concept(kyoto["id"])["label"], kyoto["label"])
        self.assertTrue(mind.neighbours("lives"))
        with self.assertRaisesRegex(noema.UnknownName, "did you mean"):
            mind.concept("Kyotto")


class Thinking(LifeTest):
    NOUNS = "salt bread wood iron cloth paper stone glass sugar grain".split()
    VERBS = "saw took made found lost gave sold bought held left".split()
    LINES = []
    for i in range(60):
        a, b, c = NOUNS[(i * 7 + 3) % 10], VERBS[(i * i + i // 10) % 10], NOUNS[(i * 3 + i // 7) % 10]
        LINES += [f"they {b} the tax cut with {a}", f"a tax on {c} was {b}", f"he cut the {a} and {b} {c}"]

    def test_thoughts_are_told_with_gain_and_can_be_undone(self):
        mind = self.mind(self.LINES)
        done = mind.think(None)
        self.assertGreater(done["thoughts"], 0)
        thoughts = list(mind.thoughts())
        self.assertEqual(len(thoughts), done["thoughts"])
        composed = next(one for one in thoughts if one["kind"] == "compose")
        self.assertGreater(composed["gain_bits"], 0)
        origin = mind.why(composed["result"]["id"])
        self.assertIn(composed["thought"], [one["thought"] for one in origin["thoughts"]])
        self.assertEqual(mind.undo(thoughts[0]["thought"])["undone"], thoughts[0]["thought"])
        self.assertTrue(next(mind.thoughts())["undone"])

    def test_no_time_is_no_time_to_think(self):
        mind = self.mind([])
        for seconds in (0, -1, float("nan")):
            with self.assertRaises(noema.BadArguments):
                mind.think(seconds)

    def test_arms_are_scored_on_a_text(self):
        mind = self.mind()
        text = os.path.join(self.folder, "text.txt")
        with open(text, "w", encoding="utf-8") as file:
            file.write("\n".join(LINES[:4]))
        rows = mind.score(text, arms=["static", "noema"])
        self.assertEqual([row["arm"] for row in rows], ["static", "noema"])
        self.assertGreater(rows[0]["bits"], rows[1]["bits"])
        with self.assertRaisesRegex(noema.Error, "none.txt"):
            mind.score(os.path.join(self.folder, "none.txt"))


class Failing(LifeTest):
    def test_errors_say_what_and_where(self):
        with self.assertRaisesRegex(noema.Error, "none.life.*no such life"):
            noema.Mind(os.path.join(self.folder, "none.life"))
        with self.assertRaises(noema.Error):
            noema.new_life(self.path)
        mind = self.mind()
        for text in ("", "two\nlines", "\ud800"):
            with self.assertRaises(noema.Error):
                mind.tell(text)
        with self.assertRaises(noema.BadArguments):
            mind.recall("a", -1)
        with self.assertRaises(TypeError):
            mind.tell(b"bytes")

    def test_a_second_writer_and_a_closed_mind_are_refused(self):
        mind = self.mind()
        with self.assertRaisesRegex(noema.Error, "open for writing"):
            noema.Mind(self.path)
        mind.close()
        with self.assertRaisesRegex(noema.Error, "closed"):
            mind.status()
        self.assertIn("closed", repr(mind))


class Runs(unittest.TestCase):
    def test_a_folder_that_is_no_run_is_refused(self):
        with self.assertRaisesRegex(noema.Error, "results.json"):
            noema.Run("/nowhere/at/all")


if __name__ == "__main__":
    unittest.main()
