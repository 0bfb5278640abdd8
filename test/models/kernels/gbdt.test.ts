import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { type GbdtKernel, HISTOGRAM_BYTES, withGbdtKernel } from '../../../models/kernels/gbdt.ts';

const random = createRandom(4);
const uniforms = (n: number, size = 1) => Float32Array.from({ length: n }, () => (random.uniform() - 0.5) * size);

function put(kernel: GbdtKernel, values: Float32Array): number {
  const pointer = kernel.take(Math.ceil(values.length / 4) * 16);
  kernel.floats(pointer, values.length).set(values);
  return pointer;
}

describe('boosting kernel', () => {
  it('bins as counting the edges below does', () => {
    withGbdtKernel((kernel) => {
      for (const count of [0, 1, 2, 3, 7, 100, 254]) {
        const edges = uniforms(count).sort();
        const values = uniforms(500);
        values.set(edges.subarray(0, 200));
        values.set([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], 300);
        const out = kernel.take(500 * 8);
        kernel.run.binNumeric(put(kernel, values), 500, put(kernel, edges), count, out);
        const bytes = kernel.octets(out, 500 * 8);
        values.forEach((x, i) => {
          const naive = Number.isNaN(x) ? 0 : 1 + edges.filter((edge) => edge < x).length;
          expect(bytes[i * 8]).toBe(naive);
        });
      }
    });
  });

  it('gives the gradients and hessians of each loss', () => {
    const n = 64;
    const scores = uniforms(n, 12);
    const targets = uniforms(n, 6).map(Math.abs);
    const weights = uniforms(n).map(Math.abs);
    const expected: Record<string, (s: number, y: number) => [number, number]> = {
      squared: (s, y) => [s - y, 1],
      pinball: (s, y) => [y > s ? -0.8 : 0.2, 1],
      poisson: (s, y) => [Math.exp(s) - y, Math.exp(s) * 2],
      tweedie: (s, y) => [
        Math.exp(0.7 * s) - y * Math.exp(-0.3 * s),
        0.7 * Math.exp(0.7 * s) + 0.3 * y * Math.exp(-0.3 * s),
      ],
    };
    withGbdtKernel((kernel) => {
      const [s, y, w] = [scores, targets, weights].map((values) => put(kernel, values)) as [number, number, number];
      const g = kernel.take(n * 4);
      const h = kernel.take(n * 4);
      for (const [loss, naive] of Object.entries(expected)) {
        if (loss === 'squared') kernel.run.squared(s, y, w, n, g, h);
        else if (loss === 'pinball') kernel.run.pinball(s, y, w, n, g, h, 0.8, 0.2);
        else if (loss === 'poisson') kernel.run.poisson(s, y, w, n, g, h, 2);
        else kernel.run.tweedie(s, y, w, n, g, h, 1.3);
        for (let i = 0; i < n; i++) {
          const [gradient, hessian] = naive(scores[i]!, targets[i]!);
          const size = weights[i]! * (hessian + targets[i]! + 1);
          expect(Math.abs(kernel.floats(g, n)[i]! - weights[i]! * gradient) / size, loss).toBeLessThan(2e-6);
          expect(Math.abs(kernel.floats(h, n)[i]! - weights[i]! * hessian) / size, loss).toBeLessThan(2e-6);
        }
      }
    });
  });

  it('rounds gradients without bias, and sums histograms exactly', () => {
    const n = 3001;
    withGbdtKernel((kernel) => {
      const { run } = kernel;
      const gradients = new Float32Array(n).fill(0.3);
      const packed = kernel.take((n + 3) * 8);
      run.quantize(put(kernel, gradients), put(kernel, gradients), n, 1, 10, 77, packed);
      const pairs = kernel.integers(packed, n * 2).slice();
      const sum = (half: number) => pairs.reduce((total, x, i) => total + (i % 2 === half ? x : 0), 0) / n;
      expect(sum(1)).toBeCloseTo(0.3, 1);
      expect(sum(0)).toBeCloseTo(3, 2);

      const bins = kernel.take(n * 8);
      kernel.octets(bins, n * 8).set(Uint8Array.from({ length: n * 8 }, () => random.below(256)));
      run.quantize(put(kernel, uniforms(n, 1e6)), 0, n, 1, 1, 5, packed);
      const rows = Int32Array.from({ length: 1000 }, (_, i) => i * 3);
      const index = kernel.take(4000);
      kernel.integers(index, 1000).set(rows);
      const ordered = kernel.take(8000);
      const part = kernel.take(8 * HISTOGRAM_BYTES);
      const whole = kernel.take(8 * HISTOGRAM_BYTES);
      run.gather(packed, index, 1000, ordered);
      run.histogramAll(bins, packed, n, HISTOGRAM_BYTES, whole);
      run.histogramIndexed(bins, ordered, index, 1000, HISTOGRAM_BYTES, part, whole);
      const naive = [new Int32Array(8 * 512), new Int32Array(8 * 512)];
      const chosen = new Set(rows);
      for (let row = 0; row < n; row++)
        for (let column = 0; column < 8; column++) {
          const at = column * 512 + kernel.octets(bins, n * 8)[row * 8 + column]! * 2;
          const to = naive[chosen.has(row) ? 0 : 1]!;
          to[at]! += kernel.integers(packed, n * 2)[row * 2]!;
          to[at + 1]! += kernel.integers(packed, n * 2)[row * 2 + 1]!;
        }
      expect(kernel.integers(part, 8 * 512)).toEqual(naive[0]);
      expect(kernel.integers(whole, 8 * 512)).toEqual(naive[1]);
    });
  });

  it('sums no further than the bins reach', () => {
    const n = 100;
    withGbdtKernel((kernel) => {
      const { run } = kernel;
      const bins = kernel.take(n * 8);
      kernel.octets(bins, n * 8).set(Uint8Array.from({ length: n * 8 }, () => random.below(6)));
      const packed = kernel.take(n * 8);
      run.quantize(put(kernel, uniforms(n, 1e6)), 0, n, 1, 1, 5, packed);
      const whole = kernel.take(8 * HISTOGRAM_BYTES);
      const part = kernel.take(8 * HISTOGRAM_BYTES);
      kernel.octets(part, 8 * HISTOGRAM_BYTES).fill(9);
      run.histogramAll(bins, packed, n, HISTOGRAM_BYTES, whole);
      run.histogramAll(bins, packed, n, 48, part);
      for (let column = 0; column < 8; column++) {
        const at = (from: number) => [...kernel.octets(from + column * HISTOGRAM_BYTES, HISTOGRAM_BYTES)];
        expect(at(part).slice(0, 48)).toEqual(at(whole).slice(0, 48));
        expect(at(part).slice(48)).toEqual(new Array(HISTOGRAM_BYTES - 48).fill(9));
      }
    });
  });

  it('draws as many rows as are wanted, each about as often, and keeps the others', () => {
    const n = 1000;
    withGbdtKernel((kernel) => {
      const rows = kernel.take(n * 4);
      const numbers = Array.from({ length: n }, (_, i) => 3 * i);
      kernel.integers(rows, n).set(numbers);
      const chosen = kernel.take(n * 4 + 4);
      const rest = kernel.take(n * 4 + 4);
      const times = new Float64Array(3 * n);
      for (let draw = 0; draw < 400; draw++) {
        for (const wanted of draw === 0 ? [1, 300, 999, 500] : [500]) {
          kernel.run.drawRows(rows, n, wanted, draw * 7919, chosen, rest);
          const taken = [...kernel.integers(chosen, wanted)];
          const left = [...kernel.integers(rest, n - wanted)];
          for (const drawn of [taken, left]) expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
          expect([...taken, ...left].sort((a, b) => a - b)).toEqual(numbers);
        }
        for (const row of kernel.integers(chosen, 500)) times[row]! += 1 / 400;
      }
      const shares = numbers.map((row) => times[row]!);
      expect(Math.min(...shares)).toBeGreaterThan(0.38);
      expect(Math.max(...shares)).toBeLessThan(0.62);
    });
  });

  it('parts rows in order, by a limit and by a set', () => {
    withGbdtKernel((kernel) => {
      const n = 1000;
      const bins = kernel.take(n * 8);
      const bytes = Uint8Array.from({ length: n * 8 }, () => random.below(256));
      const index = kernel.take(n * 4);
      const spare = kernel.take(n * 4);
      const set = kernel.take(32);
      const rows = Array.from({ length: n }, (_, i) => i);
      const order = (passes: (bin: number) => boolean) => [
        ...rows.filter((row) => passes(bytes[row * 8]!)),
        ...rows.filter((row) => !passes(bytes[row * 8]!)),
      ];
      const reset = () => {
        kernel.octets(bins, n * 8).set(bytes);
        kernel.integers(index, n).set(rows);
      };
      for (const limit of [1, 100, 255])
        for (const shift of [0, 1]) {
          reset();
          const count = kernel.run.partition(bins, index, n, shift, limit - shift, spare);
          const expected = order((bin) => bin <= limit && (bin > 0 || shift === 0));
          expect([...kernel.integers(index, n)]).toEqual(expected);
          expect(count).toBe(rows.filter((row) => bytes[row * 8]! <= limit && (bytes[row * 8]! > 0 || !shift)).length);
        }
      reset();
      kernel.octets(set, 32).set(Uint8Array.from({ length: 32 }, (_, i) => i * 7));
      kernel.run.partitionSet(bins, index, n, set, spare);
      expect([...kernel.integers(index, n)]).toEqual(order((bin) => ((((bin >> 3) * 7) >> (bin & 7)) & 1) === 1));
    });
  });
});
