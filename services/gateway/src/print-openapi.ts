import { writeFile } from 'node:fs/promises';
import { describeApi } from './describe-api.ts';

/** Writes `openapi.json` at the root of the repository, where a test compares it with the running API. */
await writeFile(new URL('../../../openapi.json', import.meta.url), await describeApi());
