import type { Random } from '../../../data/random.ts';

/** How many of `n` a share takes: at least one, where there are any. */
export const shareOf = (n: number, share: number): number => Math.min(n, Math.max(1, Math.round(share * n)));

/** Exactly `shareOf` the numbers given, in their order (Knuth's algorithm S). O(n). */
export function sampleInOrder(from: Uint32Array, share: number, random: Random): Uint32Array {
  const chosen = new Uint32Array(shareOf(from.length, share));
  let count = 0;
  from.forEach((value, i) => {
    if (random.uniform() * (from.length - i) < chosen.length - count) chosen[count++] = value;
  });
  return chosen;
}

/** The numbers below `n` that are not in `chosen`, ascending. O(n). */
export function complement(n: number, chosen: Uint32Array): Uint32Array {
  const isChosen = new Uint8Array(n);
  for (const i of chosen) isChosen[i] = 1;
  const rest = new Uint32Array(n - chosen.length);
  let count = 0;
  for (let i = 0; i < n; i++) if (!isChosen[i]) rest[count++] = i;
  return rest;
}
