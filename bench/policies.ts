// The textbook policies against the textbook: node dist/bench/policies.js
import { TEXTBOOK } from './textbook.ts';

const digits = (values: readonly number[]): string => values.map((value) => Number(value.toPrecision(6))).join(', ');
let worst = 0;
for (const { source, expected, computed } of TEXTBOOK) {
  const values = computed();
  const apart = Math.max(
    ...values.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))),
  );
  worst = Math.max(worst, apart);
  console.log(`${source}\n  ${digits(values)}  (${digits(expected)}), apart ${apart.toExponential(0)}`);
}
console.log(`${TEXTBOOK.length} examples, at most ${worst.toExponential(0)} apart`);
