"""Seconds per epoch, wall and CPU, of the networks of bench/lstm.ts in PyTorch, as one JSON line per case.

usage: python3 bench/peers/lstm.py THREADS '[{"name": .., "windows": .., "lookback": .., ...}]'
"""
import json
import sys
import time

import torch

BATCH = 256


class Network(torch.nn.Module):
    """An LSTM over the past, a context, two layers per period ahead, and a log-linear skip."""

    def __init__(self, case):
        super().__init__()
        units, hidden = case["units"], case["hidden"]
        self.lstm = torch.nn.LSTM(case["pastWidth"], units, batch_first=True)
        self.context = torch.nn.Linear(units + case["staticWidth"], hidden)
        self.first = torch.nn.Linear(case["aheadWidth"], hidden)
        self.second = torch.nn.Linear(hidden, hidden, bias=False)
        self.second_ahead = torch.nn.Linear(case["aheadWidth"], hidden)
        self.last = torch.nn.Linear(hidden, case["outputs"], bias=False)
        self.linear = torch.nn.Linear(case["aheadWidth"], case["outputs"])

    def forward(self, past, fixed, ahead):
        _, (state, _) = self.lstm(past)
        context = self.context(torch.cat([state[0], fixed], 1))
        first = torch.relu(self.first(ahead) + context[:, None, :])
        second = torch.relu(self.second(first) + self.second_ahead(ahead))
        return self.last(second) + self.linear(ahead)


def seconds_per_epoch(case):
    count, horizon, outputs = case["windows"], case["horizon"], case["outputs"]
    past = torch.randn(count, case["lookback"], case["pastWidth"])
    fixed = torch.randn(count, case["staticWidth"])
    ahead = torch.randn(count, horizon, case["aheadWidth"])
    target = torch.rand(count, horizon, 1) * 2
    levels = torch.linspace(0.05, 0.95, outputs - 1)
    network = Network(case)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3)
    best = cpu = float("inf")
    for _ in range(5):
        began, began_cpu = time.perf_counter(), time.process_time()
        for i in range(0, count, BATCH):
            optimizer.zero_grad()
            part = slice(i, i + BATCH)
            values = torch.exp(network(past[part], fixed[part], ahead[part]).clamp(-7, 3))
            mean, quantiles = values[..., :1], values[..., 1:]
            loss = (mean - target[part] * torch.log(mean)).mean()
            if outputs > 1:
                miss = target[part] - quantiles
                loss = loss + torch.maximum(levels * miss, (levels - 1) * miss).mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
        best = min(best, time.perf_counter() - began)
        cpu = min(cpu, time.process_time() - began_cpu)
    return {"wall": best, "cpu": cpu}


torch.set_num_threads(int(sys.argv[1]))
for given in json.loads(sys.argv[2]):
    print(json.dumps({"name": given["name"], **seconds_per_epoch(given), "torch": torch.__version__}))
