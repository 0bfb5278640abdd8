import type { Random } from '../../../data/random.ts';

/** Exactly `round(share x n)`, at least one, of the numbers given, in their order (Knuth's algorithm S). O(n). */
export function sampleInOrder(from: Uint32Array, share: number, random: Random): Uint32Array {
  return splitInOrder(from, share, random).chosen;
}

/** As `sampleInOrder`, with those that were not chosen, in their order too. */
export function splitInOrder(from: Uint32Array, share: number, random: Random): Record<'chosen' | 'rest', Uint32Array> {
  const wanted = Math.min(from.length, Math.max(1, Math.round(share * from.length)));
  if (wanted === from.length) return { chosen: from, rest: new Uint32Array(0) };
  const chosen = new Uint32Array(wanted);
  const rest = new Uint32Array(from.length - wanted);
  let count = 0;
  for (let i = 0; i < from.length; i++) {
    if (count < wanted && random.uniform() * (from.length - i) < wanted - count) chosen[count++] = from[i]!;
    else rest[i - count] = from[i]!;
  }
  return { chosen, rest };
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
