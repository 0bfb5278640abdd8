#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
// Sets a fresh clone up and starts what was asked: `node setup.mjs start|test|build`. Uses Node and npm only.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const [verb = 'build', ...rest] = process.argv.slice(2);

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const modifiedAt = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

function install() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (modifiedAt(marker) >= modifiedAt(join(root, 'package-lock.json'))) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Kernels that are also built with relaxed SIMD, as `<name>-fused-wasm.ts`. */
const FUSED = ['lstm'];

/** Compiles each `models/kernels/*.as.ts`, with the parts in the folder of its name, to WASM and embeds the bytes in a module, so that loading one needs no file. */
function buildKernels() {
  const folder = join(root, 'models', 'kernels');
  const generated = join(folder, 'generated');
  mkdirSync(generated, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.as.ts'))) {
    const name = file.slice(0, -'.as.ts'.length);
    const parts = existsSync(join(folder, name)) ? readdirSync(join(folder, name)).map((part) => join(name, part)) : [];
    const newest = Math.max(...[file, ...parts].map((part) => modifiedAt(join(folder, part))));
    const builds = { [name]: 'simd', ...(FUSED.includes(name) && { [`${name}-fused`]: 'simd,relaxed-simd' }) };
    for (const [build, features] of Object.entries(builds)) {
      const target = join(generated, `${build}-wasm.ts`);
      if (modifiedAt(target) > newest) continue;
      const wasm = join(generated, `${build}.wasm`);
      run(process.execPath, [
        join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
        join(folder, file),
        '-O3',
        '--noAssert',
        '--runtime',
        'stub',
        '--enable',
        features,
        '-o',
        wasm,
      ]);
      const bytes = readFileSync(wasm).toString('base64');
      writeFileSync(
        target,
        `/** Compiled from ../${file}; see setup.mjs. */\nexport const wasmBase64 =\n  '${bytes}';\n`,
      );
      rmSync(wasm);
    }
  }
}

function build() {
  install();
  buildKernels();
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']);
  writeFileSync(join(dist, 'build.json'), `${JSON.stringify({ sha256: hashOf(dist, join(root, 'sql')) })}\n`);
}

/** One hash over all compiled code and SQL: results made by other code are never taken for current. */
function hashOf(...folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
      const file = join(folder, name);
      if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

build();
if (verb === 'test') {
  if (rest.length === 0)
    run(process.execPath, [
      join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
      'check',
      '--error-on-warnings',
      '.',
    ]);
  run(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...rest]);
}
if (verb === 'start') {
  const cli = join(root, 'dist', 'app', 'cli', 'main.js');
  const project = join(root, 'sample-company');
  if (!existsSync(join(project, 'leadtime.config.json')))
    run(process.execPath, [cli, 'init', '--sample', '--project', project]);
  run(process.execPath, [cli, 'run', '--project', project, ...rest]);
  copyFileSync(join(project, 'report.html'), join(root, 'report.html'));
}
