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
