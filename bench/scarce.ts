// Orders under limits over all of them, beside the exact optimum by HiGHS: many small random cases with scarce supply, a
// budget with minimum order values, and two echelons; and one budget over many lines, beside the bound.
//   node dist/bench/scarce.js [--cases 200] [--seed 1] [--lines 30490]
import { parseArgs } from 'node:util';
import { createRandom } from '../data/random.ts';
import { allocateOrders } from '../models/restock/limits/allocate.ts';
import { highsSolver } from '../models/restock/limits/highs-solver.ts';
import { costOf, keeps, usedOf } from '../models/restock/limits/order-line.ts';
import { chainCase, SCARCE_KINDS, scarceCase } from './scarce-cases.ts';

const { values: args } = parseArgs({
  options: {
    cases: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    lines: { type: 'string', default: '30490' },
  },
});

const exactly = await highsSolver({ nodes: 1e6, gap: 1e-7 });
const usual = await highsSolver();
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Share by which a cost lies above the optimum, of the cost and of what ordering saves. */
interface Gap {
  ofCost: number;
  ofSaving: number;
}

const worst = (gaps: readonly number[]): number => Math.max(...gaps);
const mean = (gaps: readonly number[]): number => gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;

for (const kind of SCARCE_KINDS) {
  const [cheap, whole]: [Gap[], Gap[]] = [[], []];
  let [broken, asked, milliseconds] = [0, 0, 0];
  for (let n = 0; n < Number(args.cases); n++) {
    const { lines, limits } = scarceCase(kind, createRandom(args.seed).fork(kind).fork(n));
    const optimal = exactly(lines, limits);
    if (!optimal) throw new Error(`HiGHS did not solve case ${n} of ${kind}`);
    const best = costOf(lines, optimal);
    const nothing = lines.reduce((sum, { costs }) => sum + costs[0]!, 0);
    const gapOf = (choice: Int32Array): Gap => {
      const over = Math.max(0, costOf(lines, choice) - best);
      return { ofCost: over / best, ofSaving: over / Math.max(1e-9, nothing - best) };
    };
    const began = performance.now();
    const alone = allocateOrders(lines, limits);
    milliseconds += performance.now() - began;
    const all = allocateOrders(lines, limits, usual);
    asked += all.exact;
    cheap.push(gapOf(alone.choice));
    whole.push(gapOf(all.choice));
    const used = usedOf(lines, all.choice, limits.length);
    if (!limits.every((limit, l) => keeps(limit, used[l]!))) broken++;
  }
  const tell = (name: string, gaps: readonly Gap[]): string =>
    `${name}: cost above the optimum mean ${percent(mean(gaps.map((g) => g.ofCost)))}, worst ${percent(worst(gaps.map((g) => g.ofCost)))}; ` +
    `of the saving mean ${percent(mean(gaps.map((g) => g.ofSaving)))}, worst ${percent(worst(gaps.map((g) => g.ofSaving)))}`;
  console.log(`${kind}, ${args.cases} cases, ${broken} with a limit broken`);
  console.log(`  ${tell('marginal values alone', cheap)}; ${(milliseconds / cheap.length).toFixed(1)} ms a case`);
  console.log(`  ${tell('with HiGHS where a gap is left', whole)}; asked in ${asked}`);
}

const count = Number(args.lines);
if (count > 0) {
  const { lines, limits } = chainCase(count, createRandom(args.seed).fork('chain'));
  const began = process.cpuUsage();
  const { cost, bound, prices, choice } = allocateOrders(lines, limits, usual);
  const seconds = process.cpuUsage(began).user / 1e6;
  const nothing = lines.reduce((sum, { costs }) => sum + costs[0]!, 0);
  const used = usedOf(lines, choice, limits.length);
  const kept = limits.filter((limit, l) => keeps(limit, used[l]!)).length;
  console.log(
    `${count} lines, ${limits.length} limits (budget, containers, minimums, stock of warehouses), ${kept} kept: ${seconds.toFixed(1)} s of processors; ` +
      `at most ${percent((cost - bound) / bound)} above the optimum in cost, ${percent((cost - bound) / (nothing - bound))} of the saving; ` +
      `${prices.filter((price) => price > 0).length} limits bind`,
  );
}
