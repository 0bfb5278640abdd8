import type { CellOutput } from './cells.ts';

/** One output on its way from the running notebook to its runner. */
export interface EmittedOutput {
  cell: number;
  output: CellOutput;
}

let current = 0;

function emit(output: CellOutput): void {
  process.stdout.write(`${JSON.stringify({ cell: current, output } satisfies EmittedOutput)}\n`);
}

/** Called before each code cell. */
export function startCell(index: number): void {
  current = index;
}

console.log = (...values: unknown[]) => {
  const text = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ');
  emit({ output_type: 'stream', name: 'stdout', text: `${text}\n` });
};

/** Shows SVG as a picture, anything else as text. */
export function display(value: { text: string } | string): void {
  const text = typeof value === 'string' ? value : value.text;
  const data: Record<string, string> = text.startsWith('<svg') ? { 'image/svg+xml': text } : { 'text/plain': text };
  emit({ output_type: 'display_data', metadata: {}, data });
}
