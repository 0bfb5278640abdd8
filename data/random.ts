/** A seeded source of randomness; the only kind used in the project. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Integer in [0, n). */
  below(n: number): number;
  /** A stream of its own, for `label`; the parent's position does not change. */
  fork(label: string | number): Random;
}

function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mixBits(h);
}

/** The finalizer of MurmurHash3: 32 bits of which each moves half of the result's; not negative. */
export function mixBits(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * sfc32 (Chris Doty-Humphrey's small fast chaotic generator, PractRand), seeded from a number or a text.
 *
 * `createRandom(7).fork('prices')` gives the same numbers on every machine.
 */
export function createRandom(seed: number | string): Random {
  const key = String(seed);
  let a = hash32(`${key}:a`);
  let b = hash32(`${key}:b`);
  let c = hash32(`${key}:c`);
  let counter = 1;
  let spare = Number.NaN;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const uniform = (): number => next() / 4294967296;
  for (let i = 0; i < 12; i++) next();
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal: () => {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    fork: (label) => createRandom(`${key}/${label}`),
  };
}
