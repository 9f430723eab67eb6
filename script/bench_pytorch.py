#!/usr/bin/env python3
"""PyTorch's side of `noema_bench transformer`: the same configuration, one measurement a call, one JSON object on standard output.

    python3 script/bench_pytorch.py train|forward [--threads N]      (Debian: python3-torch, libopenblas0-pthread)

A GPT with the same number of parameters (width 256, 4 layers, 4 heads, context 128, batch 8, vocabulary 8192): LayerNorm, GELU of 4 widths, tied
embeddings, fused query-key-value products, AdamW over all tensors at once. Nothing is dropped, nothing is kept that the step does not need.
"""
import argparse
import json
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, CONTEXT, BATCH, VOCABULARY = 256, 4, 4, 128, 8, 8192


def resident(field):
    for line in open("/proc/self/status"):
        if line.startswith(field + ":"):
            return 1024 * int(line.split()[1])


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH, bias=False), nn.Linear(WIDTH, WIDTH, bias=False)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH, bias=False), nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x, mask):
        n, t, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(WIDTH // HEADS)) + mask
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, WIDTH))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.blocks, self.norm = nn.ModuleList(Block() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)
        self.register_buffer("mask", torch.full((CONTEXT, CONTEXT), -math.inf).triu(1))

    def forward(self, tokens):
        t = tokens.shape[1]
        x = self.tokens(tokens) + self.positions.weight[:t]
        for block in self.blocks:
            x = block(x, self.mask[:t, :t])
        return self.norm(x) @ self.tokens.weight.T


def train(idle):
    model = Gpt()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, foreach=True)
    inputs, targets = torch.randint(VOCABULARY, (2, BATCH, CONTEXT))
    seconds = []
    begin = time.perf_counter()
    while len(seconds) < 5 or time.perf_counter() - begin < 6:
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(inputs).view(-1, VOCABULARY), targets.view(-1)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    return {"tokens_per_second": BATCH * CONTEXT / statistics.median(seconds[2:]), "resident_bytes": resident("VmHWM") - idle,
            "parameters": sum(p.numel() for p in model.parameters())}


def forward():
    model = Gpt().eval()
    tokens = torch.randint(VOCABULARY, (1, 32))
    seconds = []
    with torch.inference_mode():
        for _ in range(60):
            start = time.perf_counter()
            model(tokens)
            seconds.append(time.perf_counter() - start)
    return {"milliseconds": 1000 * statistics.median(seconds[5:])}


def main():
    idle = resident("VmRSS")
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["train", "forward"])
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    print(json.dumps(train(idle) if arguments.what == "train" else forward()))


if __name__ == "__main__":
    main()
