/** The parts of the Jupyter notebook format (nbformat 4) that are used here. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export interface NotebookCell {
  cell_type: 'code' | 'markdown';
  source: string | string[];
  metadata: Record<string, unknown>;
  id?: string;
  outputs?: CellOutput[];
  execution_count?: number | null;
}

export type CellOutput =
  | { output_type: 'stream'; name: 'stdout'; text: string }
  | { output_type: 'display_data'; metadata: Record<string, never>; data: Record<string, string> };

export const sourceOf = (cell: NotebookCell): string =>
  Array.isArray(cell.source) ? cell.source.join('') : cell.source;

/**
 * All code cells as one ES module, so that imports, types and top-level await behave as in the repository.
 *
 * @param runtime module that gives `startCell` and `display`, relative to where the notebook lies
 */
export function moduleOf(notebook: Notebook, runtime: string): string {
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const imports = code.flatMap((cell) => sourceOf(cell).split('\n').filter(isImport));
  const bodies = code.map(
    (cell, i) =>
      `startCell(${i});\n${sourceOf(cell)
        .split('\n')
        .filter((line) => !isImport(line))
        .join('\n')}`,
  );
  return [`import { display, startCell } from '${runtime}';`, ...imports, ...bodies, 'export { display };', ''].join(
    '\n',
  );
}

/** Imports in cells take one line each. */
function isImport(line: string): boolean {
  return /^import .* from '.*';$/.test(line);
}

/** The notebook with the outputs of a run, by code cell. */
export function withOutputs(notebook: Notebook, outputs: ReadonlyMap<number, CellOutput[]>): Notebook {
  let index = 0;
  const cells = notebook.cells.map((cell): NotebookCell => {
    if (cell.cell_type !== 'code') return cell;
    const made = outputs.get(index) ?? [];
    index++;
    return { ...cell, outputs: made, execution_count: index };
  });
  return { ...notebook, cells };
}
