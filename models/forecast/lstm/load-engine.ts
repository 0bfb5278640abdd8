import type { EngineName, LstmEngine } from './lstm-engine.ts';

/**
 * Sets an engine up.
 *
 * @param name `kernel`, our own in WASM, or `tfjs`, which takes several times as long
 * @param threads of the kernel; the results are the same for any number
 */
export async function loadLstmEngine(name: EngineName, threads = 1): Promise<LstmEngine> {
  if (name === 'tfjs') return (await import('./tfjs-engine.ts')).loadTfjsEngine();
  if (threads > 1) return (await import('./parallel-engine.ts')).parallelEngine(threads);
  return (await import('./kernel-engine.ts')).kernelEngine;
}
