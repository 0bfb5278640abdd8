import { keeps, type Limit, type OrderLine, usedOf } from './order-line.ts';

/** Lines that share limits, directly or through others, and those limits. */
export interface Component {
  lines: number[];
  limits: number[];
}

/**
 * Parts of the problem that do not touch each other and in which the choice without limits breaks one; all other lines
 * keep what is best for them. O(lines x uses).
 */
export function brokenComponents(lines: readonly OrderLine[], limits: readonly Limit[]): Component[] {
  const preferred = lines.map((line) => line.preferred);
  const used = usedOf(lines, preferred, limits.length);
  const parent = Int32Array.from(limits, (_, i) => i);
  const rootOf = (limit: number): number => {
    let root = limit;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = limit; parent[at] !== root; ) [at, parent[at]] = [parent[at]!, root];
    return root;
  };
  for (const { uses } of lines) {
    for (let u = 1; u < uses.length; u++) {
      const [a, b] = [rootOf(uses[0]!.limit), rootOf(uses[u]!.limit)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const broken = new Set(limits.flatMap((limit, i) => (keeps(limit, used[i]!) ? [] : [rootOf(i)])));
  const components = new Map<number, Component>([...broken].map((root) => [root, { lines: [], limits: [] }]));
  limits.forEach((_, i) => {
    components.get(rootOf(i))?.limits.push(i);
  });
  lines.forEach(({ uses }, i) => {
    if (uses.length > 0) components.get(rootOf(uses[0]!.limit))?.lines.push(i);
  });
  return [...components.values()];
}
