import signal
import subprocess
import sys
import threading
import time

from life import LINES, LifeTest


class Threads(LifeTest):
    def test_two_threads_ask_while_one_tells(self):
        mind = self.mind(thinks=True)
        told, failures = [], []
        done = threading.Event()

        def tell():
            for i in range(150):
                told.append(mind.tell(f"visitor {i} came to Oslo ."))
            done.set()

        def ask():
            asked = 0
            while not done.is_set() or asked < 5:
                if not mind.recall("Oslo", 3) or mind.status()["episodes"] < len(LINES):
                    failures.append("nothing recalled")
                mind.ask("who came to Oslo ?", learn=asked % 4 == 0)
                asked += 1

        def guarded(work):
            def run():
                try:
                    work()
                except Exception as error:  # a thread's error fails the test
                    failures.append(error)
                    done.set()
            return run

        threads = [threading.Thread(target=guarded(work)) for work in (tell, ask, ask)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual(failures, [])
        self.assertEqual(len(set(told)), 150)
        texts = [row["text"] for row in mind.inputs()]
        self.assertEqual(sum(text.startswith("visitor") for text in texts), 150)

    def test_other_threads_run_while_noema_works(self):
        mind = self.mind()
        ticks = []
        worker = threading.Thread(target=lambda: mind.query(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT max(i) FROM n",
            seconds=60))
        worker.start()
        while worker.is_alive():
            ticks.append(time.monotonic())
            time.sleep(0.001)
        worker.join()
        self.assertGreater(len(ticks), 5)


class Interrupting(LifeTest):
    SCRIPT = """
import sys, noema
with noema.Mind(sys.argv[1]) as mind:
    print("ready", flush=True)
    try:
        mind.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", seconds=60)
    except KeyboardInterrupt:
        print("interrupted", mind.tell("it goes on ."), flush=True)
"""

    def test_ctrl_c_is_heard_within_two_seconds_and_the_mind_goes_on(self):
        child = subprocess.Popen([sys.executable, "-c", self.SCRIPT, self.path], stdout=subprocess.PIPE, text=True)
        self.addCleanup(child.stdout.close)
        self.assertEqual(child.stdout.readline(), "ready\n")
        time.sleep(0.3)
        begun = time.monotonic()
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.stdout.readline(), "interrupted 1\n")
        # Two seconds are promised; a machine that does much else may take longer. The query alone would take sixty.
        self.assertLess(time.monotonic() - begun, 30)
        self.assertEqual(child.wait(60), 0)
