import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../pipelines/warehouse/package-root.ts';
import { type CellOutput, moduleOf, type Notebook, withOutputs } from './cells.ts';
import type { EmittedOutput } from './runtime.ts';

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: packageRoot,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${stderr}${stdout}`);
  return stdout;
}

/**
 * Type-checks and executes a TypeScript notebook as one module.
 *
 * @returns the notebook with its outputs
 * @throws Error with the compiler's or the run's messages
 */
export function runNotebook(file: string): Notebook {
  const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  const name = basename(file, '.ipynb');
  const module = join(dirname(file), `${name}.nb.ts`);
  const folder = mkdtempSync(join(packageRoot, 'dist', 'notebook-'));
  const project = join(folder, 'tsconfig.json');
  const runtime = relative(dirname(file), join(packageRoot, 'scripts', 'notebook', 'runtime.ts'));
  writeFileSync(module, moduleOf(notebook, runtime));
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(packageRoot, 'tsconfig.json'),
      compilerOptions: { rootDir: packageRoot, outDir: folder, noUnusedLocals: false },
      include: [],
      files: [module],
    }),
  );
  try {
    run(process.execPath, [join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project]);
    const printed = run(process.execPath, [join(folder, relative(packageRoot, module)).replace(/\.ts$/, '.js')]);
    const outputs = new Map<number, CellOutput[]>();
    for (const line of printed.split('\n').filter(Boolean)) {
      const { cell, output } = JSON.parse(line) as EmittedOutput;
      outputs.set(cell, [...(outputs.get(cell) ?? []), output]);
    }
    return withOutputs(notebook, outputs);
  } finally {
    rmSync(module, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

export const notebookText = (notebook: Notebook): string => `${JSON.stringify(notebook, null, 1)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of process.argv.slice(2).map((path) => resolve(path))) {
    writeFileSync(file, notebookText(runNotebook(file)));
    console.log(`executed ${relative(process.cwd(), file)}`);
  }
}
