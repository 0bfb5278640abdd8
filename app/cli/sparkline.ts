const BLOCKS = '▁▂▃▄▅▆▇█';

/**
 * Numbers as a line of blocks, at most `width`; more numbers are averaged. `sparkline([0, 5, 10])` is '▁▅█'. Lines to be
 * compared are given the same `top`, the number that fills a block.
 */
export function sparkline(values: readonly number[], width = 60, top = 0): string {
  const size = Math.max(1, Math.ceil(values.length / width));
  const means: number[] = [];
  for (let i = 0; i < values.length; i += size) {
    const part = values.slice(i, i + size);
    means.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  const highest = Math.max(...means, top, 1e-9);
  return means.map((mean) => BLOCKS[Math.round((Math.max(0, mean) / highest) * (BLOCKS.length - 1))]).join('');
}
