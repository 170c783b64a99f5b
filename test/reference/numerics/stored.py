"""How these reference scripts write tensors, values and gradients."""

import json

import torch


def stored(t):
    return {"shape": list(t.shape), "data": t.detach().flatten().tolist()}


def expected(loss, inputs):
    """The inputs of one case, the loss's value and its gradient for each input."""
    gradients = torch.autograd.grad(loss, inputs, retain_graph=True)
    return {
        "inputs": [stored(t) for t in inputs],
        "value": loss.item(),
        "gradients": [g.flatten().tolist() for g in gradients],
    }


def rounded(value):
    """Nine digits, which is more than float32 has."""
    if isinstance(value, dict):
        return {key: rounded(v) for key, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def write(cases):
    print(json.dumps(rounded(cases), separators=(",", ":")))
