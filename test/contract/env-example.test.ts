import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogSettings } from '../../services/catalog/src/config.ts';
import { gatewaySettings } from '../../services/gateway/src/config.ts';
import { newsSettings } from '../../services/news/src/config.ts';
import { searchSettings } from '../../services/search/src/config.ts';
import { readEnvExample, readVariables } from './env-variables.ts';
import { readRepository } from './repository.ts';
import { root } from './seeded-tree.ts';

type Setting = { description?: string; default?: string | number | boolean };

const settingsOf: Record<string, object> = {
  catalog: catalogSettings.properties,
  gateway: gatewaySettings.properties,
  news: newsSettings.properties,
  search: searchSettings.properties,
};

/** What the machine sets for all programs. */
const OF_THE_MACHINE = ['HOME', 'JAVA_HOME', 'PATH', 'XDG_CACHE_HOME'];

const files = readRepository(root);
const example = readEnvExample(files.find(({ path }) => path === '.env.example')?.text ?? '');
const listed = example.map(({ name }) => name);

/** Each variable of the services, with its settings in those that have it. */
const settings = new Map<string, Setting[]>();
for (const properties of Object.values(settingsOf)) {
  for (const [name, setting] of Object.entries(properties))
    settings.set(name, [...(settings.get(name) ?? []), setting]);
}
const readByTools = files
  .filter(({ path }) => /^packages\/(stack|cli)\/src\/(?!.*\.test\.ts$)/.test(path))
  .flatMap(({ text }) => readVariables(text))
  .filter((name) => !OF_THE_MACHINE.includes(name));

/** The sentences on which all services that have a setting agree. */
function commonText(name: string): string {
  const texts = (settings.get(name) ?? []).map(({ description = '' }) => description.split(/(?<=\.) /));
  return (texts[0] ?? []).filter((sentence) => texts.every((text) => text.includes(sentence))).join(' ');
}

describe('.env.example', () => {
  test('is held against the settings of every service', () => {
    expect(Object.keys(settingsOf).sort()).toEqual(readdirSync(join(root, 'services')).sort());
  });

  test('lists every variable of the services and of the command line, and no other', () => {
    expect([...listed].sort()).toEqual([...new Set([...settings.keys(), ...readByTools])].sort());
  });

  test('lists each once', () => {
    expect(listed).toEqual([...new Set(listed)]);
  });

  test.each([...settings.keys()])('says of %s what its settings say, with their default', (name) => {
    const defaults = new Set(settings.get(name)?.map((setting) => String(setting.default ?? '')));
    const { text, value } = example.find((variable) => variable.name === name) ?? {};
    expect({ text, values: [value] }).toEqual({ text: commonText(name), values: [...defaults] });
  });

  test('says something of each', () => {
    expect(example.filter(({ text }) => text === '')).toEqual([]);
  });
});

describe('the reading of variables finds', () => {
  test('those of an example, with the comment above and the default', () => {
    const page = '# --- A part ---\n\n# First line\n# and second.\n#A_URL=http://x\n\n# B.\nB=\n#C=1\n';
    expect(readEnvExample(page)).toEqual([
      { name: 'A_URL', text: 'First line and second.', value: 'http://x' },
      { name: 'B', text: 'B.', value: '' },
      { name: 'C', text: '', value: '1' },
    ]);
  });

  test('those that code reads from an environment or holds in a table of variables', () => {
    const source =
      "f(env.A_URL, config.env['B'], { variableOf: 1 }); const variableOf = { x: 'C_URL' }; g('D_URL', env.lower);";
    expect(readVariables(source)).toEqual(['A_URL', 'B', 'C_URL']);
  });
});

describe('docker-compose.yml', () => {
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  const compose = textOf('docker-compose.yml');
  /** For a parent that ends, and for tests: nothing to be set in containers. */
  const ofProcesses = ['ORTOO_PARENT_WATCH', 'ORTOO_FAILPOINTS'];

  test('or the image sets every setting of the services, or takes it from .env', () => {
    const given = [...`${compose}\n${textOf('Dockerfile')}`.matchAll(/\b([A-Z][A-Z0-9_]+)[:=]/g)].map(
      ([, name]) => name,
    );
    expect([...settings.keys()].filter((name) => !given.includes(name) && !ofProcesses.includes(name))).toEqual([]);
  });

  test('takes from .env what README.md says it takes', () => {
    const taken = new Set([...compose.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name));
    const [, said = ''] = /stand in `\.env` says \S+:\s([^.]+)\./.exec(textOf('README.md')) ?? [];
    expect(said.match(/[A-Z][A-Z0-9_]+/g)?.toSorted()).toEqual([...taken].toSorted());
  });
});
