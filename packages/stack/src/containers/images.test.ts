import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { images } from './images.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const compose = read('../../../../docker-compose.yml');
const listed = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);

test('tests and `npm start` run the images of docker-compose.yml', () => {
  expect(new Set(listed(compose, /^ +image: (\S+)$/gm))).toEqual(new Set(Object.values(images)));
});

test('every image has an exact tag, and both stages of the Dockerfile the same', () => {
  const from = listed(read('../../../../Dockerfile'), /^FROM (\S+)/gm);
  expect(new Set(from).size).toBe(1);
  for (const image of [...Object.values(images), ...from]) expect(image).toMatch(/^[\w./-]+:\d[\w.-]+$/);
});

test('docker-compose.yml publishes the gateway alone, and `npm start` the servers on the loopback address alone', () => {
  expect(compose.match(/ports:/g)).toHaveLength(1);
  expect(compose).toMatch(/^ +ports: \['\$\{PORT:-8080\}:8080'\]$/m);
  const published = listed(read('./loopback.yml'), /ports: \['([^']+)'\]/g);
  expect(published).toHaveLength(Object.keys(images).length);
  for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('what docker-compose.yml takes from .env is in .env.example', () => {
  const example = read('../../../../.env.example');
  const names = new Set(listed(compose, /\$\{(\w+):/g));
  expect(names.size).toBeGreaterThan(3);
  for (const name of names) expect(example).toMatch(new RegExp(`^#${name}=`, 'm'));
});
