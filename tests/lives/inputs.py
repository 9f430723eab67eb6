#!/usr/bin/env python3
"""Prints the inputs of the lives in this folder: inputs.py text|labelled|jsonl|writings LINES WORDS SEED."""
import json
import random
import sys

part, lines, words, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
rng = random.Random(seed)
names = [c + x for c in "bdfglmnprt" for x in ("ana", "eno", "ilo", "oru")][:words]
places = [c + x for c in "bdfglmnprt" for x in ("ack", "est", "ism", "old")][:words]
signs = "小大老新红白黑长高东西南北山水火木金土天"[:words]


def line():
    kind, name, place = rng.randrange(4), rng.choice(names), rng.choice(places)
    if kind == 0:
        return f"{name} sees {place}"
    if kind == 1:
        return f"{name} and {rng.choice(names)} sing"
    if kind == 2:
        return f"in {place} or {rng.choice(places)} stays {name}"
    return "去" + rng.choice(signs) + "看" + rng.choice(signs) + "。"


writings = ["caf\u00e9", "cafe\u0301", "\uff21\uff22\uff23", "abc", "\ufb01sh", "fish", "\uff0c", ",", "\uff08", "("]

for number in range(lines):
    if part == "text":
        print(line())
    elif part == "writings":
        print(f"{rng.choice(names)} sees {rng.choice(writings)} {rng.choice(writings)} {rng.choice(writings)}")
    elif part == "labelled":
        print(rng.choice(["seen", "sung"]) + "\t" + line())
    else:
        one = {"text": line(), "id": f"{seed}-{number}", "speaker": rng.choice(names), "group": rng.choice(["g1", "g2"])}
        if number % 3 == 0:
            one["time"] = f"2024-02-{1 + number % 28:02d}T12:00:00+02:00"
        if number % 5 == 0:
            one["label"] = "seen"
        if number % 7 == 0:
            one["text"], one["answer"] = f"who sees {rng.choice(places)} ?", rng.choice(names)
        print(json.dumps(one, ensure_ascii=False))
