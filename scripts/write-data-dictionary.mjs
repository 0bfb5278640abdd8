#!/usr/bin/env node
// Writes docs/data.md from the built contract: run `npm run build` first.
import { writeFileSync } from 'node:fs';
import { dataDictionary } from '../dist/data/contract/dictionary.js';

writeFileSync(new URL('../docs/data.md', import.meta.url), dataDictionary());
