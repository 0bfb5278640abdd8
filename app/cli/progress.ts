import type { Progress } from '../../pipelines/job.ts';

const HIDE_LINE = '\r\x1b[2K';

/**
 * Progress for people on stderr: one line that changes on a terminal, one line per step elsewhere, nothing when quiet.
 */
export function terminalProgress(quiet: boolean): Progress & { close(): void } {
  const stream = process.stderr;
  let lastStep = '';
  return {
    update(text, fraction) {
      if (quiet) return;
      if (stream.isTTY) {
        const bar = fraction === undefined ? '' : ` ${String(Math.round(fraction * 100)).padStart(3)} %`;
        stream.write(`${HIDE_LINE}${text.slice(0, (stream.columns ?? 80) - 8)}${bar}`);
      } else {
        const step = text.replaceAll(/\d+/g, '#');
        if (step !== lastStep) stream.write(`${text}\n`);
        lastStep = step;
      }
    },
    close() {
      if (!quiet && stream.isTTY) stream.write(HIDE_LINE);
    },
  };
}
