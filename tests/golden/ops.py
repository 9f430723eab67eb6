#!/usr/bin/env python3
"""Reference numbers from PyTorch for single operations and layers: outputs, and gradients along a given direction of the outputs.

    python3 tests/golden/ops.py > tests/golden/ops.json      (Debian: python3-torch)

Inputs follow from the formula of transformer.py, so that none need to be stored: input number k is 2.5 w[1000 k + i].
"""
import json
import math

import torch
from torch.nn import functional as F
from transformer import rotate, wave


class Inputs:
    def __init__(self):
        self.count = 0
        self.tensors = []

    def take(self, *shape):
        values = [2.5 * wave(1000 * self.count + i) for i in range(math.prod(shape))]
        self.count += 1
        self.tensors.append(torch.tensor(values).reshape(shape).requires_grad_())
        return self.tensors[-1]


def case(name, shapes, operation, **numbers):
    """operation(*inputs) gives the output; the input after the last is the direction of its gradient."""
    inputs = Inputs()
    output = operation(*(inputs.take(*shape) for shape in shapes))
    used = list(inputs.tensors)
    direction = inputs.take(*output.shape).detach()
    (output * direction).sum().backward()
    return {"name": name, **numbers, "output": output.detach().flatten().tolist(),
            "gradients": [x.grad.flatten().tolist() for x in used]}


def rms_norm(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gain


def swiglu(gate_up):
    gate, up = gate_up.chunk(2, -1)
    return F.silu(gate) * up


def attention(heads, kv_heads, prefix):
    def apply(q, k, v):
        n, d = q.shape[0], q.shape[1] // heads
        q, k, v = q.reshape(n, heads, d), k.reshape(n, kv_heads, d), v.reshape(n, kv_heads, d)
        k, v = (x.repeat_interleave(heads // kv_heads, 1) for x in (k, v))
        at = torch.arange(n)
        visible = (at[None, :] <= at[:, None]) | (at[None, :] < prefix)
        scores = torch.einsum("ihd,jhd->hij", q, k) / math.sqrt(d)
        return torch.einsum("hij,jhd->ihd", scores.masked_fill(~visible, -math.inf).softmax(-1), v).reshape(n, heads * d)
    return apply


def luong(states, memory, score, combine):
    weights = (states @ score @ memory.T).softmax(-1)
    return torch.tanh(torch.cat([weights @ memory, states], -1) @ combine)


def cross_entropy(h, table):
    return F.cross_entropy(h @ table[4:].T, torch.tensor([5, 0, 9]), reduction="none")


def lstm_step(gates, bias, cell):
    i, f, g, o = (gates + bias).chunk(4, -1)
    cell = f.sigmoid() * cell + i.sigmoid() * g.tanh()
    return torch.cat([o.sigmoid() * cell.tanh(), cell])


def gru_step(gates, bias, hidden):
    r, z, m, n = (gates + bias).chunk(4, -1)
    z = z.sigmoid()
    return (1 - z) * (n + r.sigmoid() * m).tanh() + z * hidden


def adamw():
    inputs = Inputs()
    w, gradient = inputs.take(5), inputs.take(5).detach()
    optimizer = torch.optim.AdamW([w], lr=0.1, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.1)
    for _ in range(3):
        w.grad = gradient.clone()
        optimizer.step()
    return {"name": "adamw", "output": w.detach().tolist()}


def main():
    cases = [
        case("linear", [(3, 5), (5, 4)], lambda x, w: x @ w),
        case("rms_norm", [(3, 6), (6,)], rms_norm),
        case("swiglu", [(2, 14)], swiglu),
        case("rotary", [(3, 8)], lambda x: rotate(x.reshape(3, 2, 4)).reshape(3, 8)),
        *(case("attention", [(5, 8), (5, 4 * kv_heads), (5, 4 * kv_heads)], attention(2, kv_heads, prefix), kv_heads=kv_heads, prefix=prefix)
          for kv_heads in (2, 1) for prefix in (0, 3, 5)),
        case("luong", [(3, 6), (4, 6), (6, 6), (12, 6)], luong),
        case("embedding", [(7, 4)], lambda table: table[torch.tensor([5, 2, 5])]),
        case("cross_entropy", [(3, 6), (14, 6)], cross_entropy),
        case("softmax", [(9,)], lambda x: (1.5 * x).softmax(-1)),
        case("tanh", [(9,)], torch.tanh),
        case("logistic_loss", [(9,)], lambda x: -F.logsigmoid(-x).sum().reshape(1)),
        case("lstm_step", [(20,), (20,), (5,)], lstm_step),
        case("gru_step", [(20,), (20,), (5,)], gru_step),
        adamw(),
    ]
    print('{"cases": [', ",\n".join(json.dumps(case) for case in cases), "]}", sep="\n")


if __name__ == "__main__":
    main()
