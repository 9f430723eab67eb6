#!/usr/bin/env python3
"""Reference numbers for the recurrent language models from torch.nn.LSTM and torch.nn.GRU: losses and gradients of small ones.

    python3 tests/golden/recurrent.py > tests/golden/recurrent.json      (Debian: python3-torch)

The weights follow from the formula of transformer.py: w[i] = 0.4 sin(0.37 i + 0.9 sin(0.011 i)). Our matrices are PyTorch's, transposed.
PyTorch has two biases a gate where one would do; ours is the first, and for the recurrent part of a GRU's n the second.
"""
import json
import sys

import torch
from transformer import Weights

LAYERS, WIDTH, VOCABULARY, LENGTH, SPECIALS = 2, 8, 29, 7, 4


def case_of(cell, inputs, targets):
    weights = Weights(gains=False)
    columns = (4 if cell == "lstm" else 3) * WIDTH
    table = weights.take(VOCABULARY, WIDTH)
    layers = [(weights.take(WIDTH, columns), weights.take(WIDTH, columns), weights.take(4 * WIDTH)) for _ in range(LAYERS)]
    module = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](WIDTH, WIDTH, LAYERS, batch_first=True)
    parameters = [[getattr(module, f"{kind}_l{layer}") for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
                  for layer in range(LAYERS)]
    with torch.no_grad():
        for (input, recurrent, bias), (of_input, of_recurrent, bias_input, bias_recurrent) in zip(layers, parameters):
            of_input.copy_(input.T)
            of_recurrent.copy_(recurrent.T)
            bias_recurrent.zero_()
            if cell == "lstm":
                bias_input.copy_(bias)
            else:
                r, z, m, n = bias.chunk(4)
                bias_input.copy_(torch.cat([r, z, n]))
                bias_recurrent[2 * WIDTH:] = m
    logits = module(table[inputs])[0] @ table[SPECIALS:].T
    losses = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten() - SPECIALS, reduction="none")
    losses.sum().backward()
    gradient = [table.grad.flatten()]
    for of_input, of_recurrent, bias_input, bias_recurrent in parameters:
        gradient += [of_input.grad.T.flatten(), of_recurrent.grad.T.flatten()]
        if cell == "lstm":
            gradient += [bias_input.grad]
        else:
            gradient += [bias_input.grad[:2 * WIDTH], bias_recurrent.grad[2 * WIDTH:], bias_input.grad[2 * WIDTH:]]
    gradient = torch.cat(gradient)
    return {"architecture": cell, "parameters": weights.at, "losses": losses.tolist(), "gradient_norm": gradient.norm().item(),
            "every_29th_gradient": gradient[::29].tolist()}


def main():
    inputs = torch.tensor([[0, 5, 28, 9, 5, 2, 17], [0, 11, 4, 4, 23, 8, 8]])
    targets = torch.tensor([[5, 28, 9, 5, 11, 17, 4], [11, 4, 4, 23, 8, 8, 19]])
    cases = [case_of(cell, inputs, targets) for cell in ("lstm", "gru")]
    json.dump({"inputs": inputs.flatten().tolist(), "targets": targets.flatten().tolist(), "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
