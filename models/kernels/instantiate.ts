import { setFlagsFromString } from 'node:v8';

const compiled = new Map<string, WebAssembly.Module>();

/**
 * A new instance of a kernel, with a memory of its own. Compiled once per thread.
 *
 * @param wasmBase64 from `generated/`
 */
export function instantiate<Exports>(wasmBase64: string): Exports {
  let module = compiled.get(wasmBase64);
  if (!module) {
    module = new WebAssembly.Module(Buffer.from(wasmBase64, 'base64'));
    compiled.set(wasmBase64, module);
  }
  const { exports } = new WebAssembly.Instance(module, { env: { abort: () => undefined } });
  return exports as unknown as Exports;
}

/** Whether a kernel of relaxed SIMD can be compiled here. Node before 22 does with a flag of V8, which is then set for the process. */
export function canRelax(wasmBase64: string): boolean {
  const bytes = Buffer.from(wasmBase64, 'base64');
  if (WebAssembly.validate(bytes)) return true;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(bytes);
}
