import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as core from '@tensorflow/tfjs-core';

/** The operations of TensorFlow.js, over whichever backend was found. */
export type Tensors = typeof core;

/** TensorFlow.js as it was found. */
export interface TfjsRuntime {
  name: 'tfjs-node' | 'tfjs-wasm';
  tf: Tensors;
}

const NATIVE_PACKAGE = '@tensorflow/tfjs-node';

/** The native package, where its user has installed it; its binary may be missing or not fit this Node, so any failure means no. */
async function nativeRuntime(): Promise<TfjsRuntime | undefined> {
  try {
    const module = (await import(NATIVE_PACKAGE)) as Tensors & { default?: Tensors };
    const tf = module.default ?? module;
    await tf.setBackend('tensorflow');
    return { name: 'tfjs-node', tf };
  } catch {
    return undefined;
  }
}

async function wasmRuntime(): Promise<TfjsRuntime> {
  const tf = await import('@tensorflow/tfjs-core');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(join(dirname(manifest), 'wasm-out') + sep);
  await tf.setBackend('wasm');
  await tf.ready();
  return { name: 'tfjs-wasm', tf };
}

const loaded = new Map<string, Promise<TfjsRuntime>>();

/**
 * Sets TensorFlow.js up, once per thread: `@tensorflow/tfjs-node` when it is installed, else the WASM backend.
 * The two differ in the last bits of their results; each gives the same bytes every time.
 *
 * @param which `wasm` leaves the native engine out
 */
export function loadTfjs(which: 'auto' | 'wasm' = 'auto'): Promise<TfjsRuntime> {
  const known = loaded.get(which);
  if (known) return known;
  const runtime = (async () => (which === 'auto' ? await nativeRuntime() : undefined) ?? (await wasmRuntime()))();
  loaded.set(which, runtime);
  return runtime;
}
