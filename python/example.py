# %% [markdown]
# # A mind in a notebook
# Tell, think, ask, look at the graph, take a thought back. VS Code, Spyder and Jupytext open this file as a notebook;
# `PYTHONPATH=build/release/python python3 python/example.py` runs it.

# %% A life of its own, with random weights: nothing is known but what it is told
import os
import tempfile

import noema

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "village.life")
print(noema.new_life(path, model="tiny"))

# %% Telling
people = ["Ann", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana", "Ines", "Jack", "Kim", "Lea"]
towns = ["Oslo", "Kyoto", "Lima", "Turin", "Cork"]
mind = noema.Mind(path)
mind.tell_all(f"{who} lives in {towns[i * 3 % 5]} ." for i, who in enumerate(people))
mind.tell_all(f"{who} works at the {['mill', 'bakery', 'school'][i * 2 % 3]} ." for i, who in enumerate(people))
mind.tell("Ann moved to Lima .", speaker="Mia", time="2026-03-01T12:00:00")
goods = "salt bread wood iron cloth paper stone glass sugar grain".split()
did = "saw took made found lost gave sold bought held left".split()
for i in range(60):
    a, b, c = goods[(i * 7 + 3) % 10], did[(i * i + i // 10) % 10], goods[(i * 3 + i // 7) % 10]
    mind.tell_all([f"they {b} the tax cut with {a}", f"a tax on {c} was {b}", f"he cut the {a} and {b} {c}"])
print(mind.status()["episodes"], "inputs")

# %% Thinking, until nothing is left to examine
thought = mind.think(None)
print(f"{thought['thoughts']} thoughts saved {thought['gain_bits']:.1f} bits: {thought['by_kind']}")
for one in list(mind.thoughts())[:3]:
    print(f"  {one['told']}: {one['reason']}")

# %% Asking
for question in ("who lives in Cork ?", "who works at the mill ?"):
    answer = mind.ask(question, learn=False)
    print(question, answer["answer"] or "I do not know", f"({answer['confidence']:.0%})")
for hit in mind.recall("who lives in Oslo", 3):
    print("  recalled:", hit["text"])
for fact in mind.facts("Ann"):
    print("  known:", fact["relation"], fact["value"], "since", fact["since"])

# %% Any question, in SQL or as a pattern
for row in mind.query("MATCH (a)-[r:FOLLOWS]->(b {label: 'in'}) RETURN a.label AS word, r.count AS times"):
    print(" ", row)

# %% The graph, for pandas and networkx where they are installed
nodes, edges = mind.graph()
print(len(nodes), "nodes,", len(edges), "edges")
try:
    import networkx
    import pandas

    print(pandas.DataFrame(nodes).sort_values("count", ascending=False)[["label", "kind", "count"]].head())
    graph = networkx.from_pandas_edgelist(pandas.DataFrame(edges), "from", "to", edge_attr=True,
                                          create_using=networkx.MultiDiGraph)
    rank = networkx.pagerank(networkx.DiGraph(graph))
    label = {node["id"]: node["label"] for node in nodes}
    print("most central:", [label[id] for id in sorted(rank, key=rank.get, reverse=True)[:5]])
except ImportError as missing:
    print("(", missing, ")")

# %% Taking a thought back
newest = next(mind.thoughts(), None)
if newest is not None:
    print("undone:", mind.undo(newest["thought"])["undone"])

# %% What went wrong is said in words
try:
    mind.concept("Kyotto")
except noema.UnknownName as error:
    print(error)
mind.close()
