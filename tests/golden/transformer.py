#!/usr/bin/env python3
"""Reference numbers for the transformer from PyTorch: losses and gradients of a small network under each mask, with keys and values of its own for
each head or shared by both, with rotary or learned positions.

    python3 tests/golden/transformer.py > tests/golden/transformer.json      (Debian: python3-torch)

The weights follow from a formula, so that no weights need to be stored: w[i] = 0.4 sin(0.37 i + 0.9 sin(0.011 i)), gains 1 + half of it.
"""
import json
import math
import sys

import torch

LAYERS, WIDTH, HEADS, HIDDEN, VOCABULARY, LENGTH, SPECIALS = 2, 8, 2, 64, 29, 7, 4
torch.set_default_dtype(torch.float64)


def wave(i):
    return 0.4 * math.sin(0.37 * i + 0.9 * math.sin(0.011 * i))


class Weights:
    """Hands out the tensors in the order in which they lie in the flat array; vectors are gains unless said otherwise."""

    def __init__(self, gains=True):
        self.at = 0
        self.tensors = []
        self.gains = gains

    def take(self, *shape):
        n = math.prod(shape)
        values = [wave(i) for i in range(self.at, self.at + n)]
        if self.gains and len(shape) == 1:
            values = [1 + value / 2 for value in values]
        self.at += n
        self.tensors.append(torch.tensor(values).reshape(shape).requires_grad_())
        return self.tensors[-1]


def norm(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gain


def rotate(x):
    """x: [T, heads, d]; pairs are (i, i + d / 2)."""
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[0])[:, None] * 10000.0 ** (-torch.arange(half) / half)
    cos, sin = angle.cos()[:, None], angle.sin()[:, None]
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


def losses_of(weights, inputs, targets, prefix, kv_heads, learned):
    w = iter(weights)
    table = next(w)
    x = table[inputs] + (weights[-1] if learned else 0)
    turn = (lambda x: x) if learned else rotate
    positions = torch.arange(LENGTH)
    visible = (positions[None, :] <= positions[:, None]) | (positions[None, :] < prefix)
    for _ in range(LAYERS):
        gain1, qkv, out, gain2, gate_up, down = (next(w) for _ in range(6))
        shares = [HEADS, kv_heads, kv_heads]
        parts = (norm(x, gain1) @ qkv).split([heads * WIDTH // HEADS for heads in shares], -1)
        q, k, v = (part.reshape(LENGTH, heads, -1).repeat_interleave(HEADS // heads, 1) for part, heads in zip(parts, shares))
        scores = torch.einsum("ihd,jhd->hij", turn(q), turn(k)) / math.sqrt(WIDTH // HEADS)
        attended = torch.einsum("hij,jhd->ihd", scores.masked_fill(~visible, -math.inf).softmax(-1), v)
        x = x + attended.reshape(LENGTH, WIDTH) @ out
        gate, up = (norm(x, gain2) @ gate_up).chunk(2, -1)
        x = x + (torch.nn.functional.silu(gate) * up) @ down
    logits = norm(x, next(w)) @ table[SPECIALS:].T
    return torch.nn.functional.cross_entropy(logits, targets - SPECIALS, reduction="none")


def weights_of(kv_heads, learned):
    weights = Weights()
    weights.take(VOCABULARY, WIDTH)
    for _ in range(LAYERS):
        weights.take(WIDTH)
        weights.take(WIDTH, WIDTH + 2 * kv_heads * WIDTH // HEADS)
        weights.take(WIDTH, WIDTH)
        weights.take(WIDTH)
        weights.take(WIDTH, 2 * HIDDEN)
        weights.take(HIDDEN, WIDTH)
    weights.take(WIDTH)
    if learned:
        weights.take(LENGTH, WIDTH)
    return weights


def main():
    inputs = torch.tensor([0, 5, 28, 9, 5, 2, 17])
    targets = torch.tensor([5, 28, 9, 5, 11, 17, 4])
    cases = []
    for kv_heads, learned in ((HEADS, False), (1, False), (HEADS, True), (1, True)):
        for prefix in (0, 3, LENGTH):
            weights = weights_of(kv_heads, learned)
            losses = losses_of(weights.tensors, inputs, targets, prefix, kv_heads, learned)
            losses.sum().backward()
            gradient = torch.cat([tensor.grad.flatten() for tensor in weights.tensors])
            cases.append({"kv_heads": kv_heads, "positions": "learned" if learned else "rotary", "prefix": prefix, "parameters": weights.at,
                          "losses": losses.tolist(), "gradient_norm": gradient.norm().item(), "every_97th_gradient": gradient[::97].tolist()})
    json.dump({"inputs": inputs.tolist(), "targets": targets.tolist(), "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
