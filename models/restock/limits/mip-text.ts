import type { Limit, OrderLine } from './order-line.ts';

const number = (value: number): string => {
  // the parser would take NaN for the name of a variable
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no place in a mixed-integer program`);
  const text = Number(value.toPrecision(15)).toString();
  return value < 0 ? `- ${text.slice(1)}` : `+ ${text}`;
};

/** A sum broken into lines: solvers read no line longer than some hundred characters. */
const sum = (terms: readonly string[]): string =>
  terms.reduce((text, term, i) => text + (i > 0 && i % 8 === 0 ? '\n  ' : ' ') + term, '');

/**
 * The choice of quantities as a mixed-integer program in CPLEX LP format: `u_i_j` is 1 where line `i` takes its quantity
 * `j` (none: the first, which is nothing), `w_l` is 1 where a minimum's lines may be ordered. Exact for any shape of costs.
 */
export function mipText(lines: readonly OrderLine[], limits: readonly Limit[]): string {
  const name = (i: number, j: number): string => `u_${i}_${j}`;
  const choices = lines.map(({ costs }) => Array.from(costs.keys()).slice(1));
  const objective: string[] = [];
  const rows: string[] = [];
  lines.forEach(({ costs, uses }, i) => {
    if (choices[i]!.length === 0) return;
    for (const j of choices[i]!) objective.push(`${number(costs[j]! - costs[0]!)} ${name(i, j)}`);
    const group = uses.find(({ limit }) => limits[limit]!.kind === 'at_least_if_any');
    const one = sum(choices[i]!.map((j) => `+ ${name(i, j)}`));
    rows.push(group ? `one_${i}:${one} - w_${group.limit} <= 0` : `one_${i}:${one} <= 1`);
  });
  const groups: string[] = [];
  limits.forEach(({ kind, amount }, l) => {
    const terms = lines.flatMap(({ uses, quantities }, i) =>
      uses
        .filter(({ limit }) => limit === l)
        .flatMap(({ perUnit }) => choices[i]!.map((j) => `${number(perUnit * quantities[j]!)} ${name(i, j)}`)),
    );
    if (terms.length === 0) return;
    if (kind === 'at_most') rows.push(`limit_${l}:${sum(terms)} <= ${amount}`);
    else {
      groups.push(`w_${l}`);
      rows.push(`limit_${l}:${sum([...terms, `${number(-amount)} w_${l}`])} >= 0`);
    }
  });
  const names = [...choices.flatMap((own, i) => own.map((j) => name(i, j))), ...groups];
  return `Minimize\n cost:${sum(objective)}\nSubject To\n ${rows.join('\n ')}\nBinary\n${sum(names)}\nEnd\n`;
}

/** Reads the choice back from the values of the variables. */
export function choiceOf(lines: readonly OrderLine[], primalOf: (name: string) => number | undefined): Int32Array {
  return Int32Array.from(lines, ({ costs }, i) => {
    for (let j = 1; j < costs.length; j++) if ((primalOf(`u_${i}_${j}`) ?? 0) > 0.5) return j;
    return 0;
  });
}
