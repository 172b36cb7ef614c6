import { expect, test } from 'vitest';
import { DEFAULT_NAMESPACE, namesOf } from './subjects.ts';

test('an ordinary installation has the names that operators read about', () => {
  const names = namesOf(DEFAULT_NAMESPACE);
  expect(names.change('catalog', 'company', 'company_1')).toBe('changes.catalog.company.company_1');
  expect(names.changesStream).toBe('CHANGES');
  expect(names.readAlias).toBe('portal');
  expect(names.database('catalog')).toBe('ortoo_catalog');
});

test('two namespaces share no subject, stream, durable, database or index', () => {
  const flatten = (namespace: string) => {
    const names = namesOf(namespace);
    return [
      names.rpc('rpc.catalog.company.get'),
      names.queueGroup('catalog'),
      names.microService('catalog'),
      names.change('catalog', 'company', 'x'),
      names.allChanges,
      names.changesStream,
      names.deadLetter('d'),
      names.deadLettersStream,
      names.indexDurable(names.physicalIndex(1)),
      names.database('news'),
      names.readAlias,
      names.physicalIndex(1),
      names.writeAlias(names.physicalIndex(1)),
    ];
  };
  const [ours, theirs] = [new Set(flatten(DEFAULT_NAMESPACE)), flatten('t1')];
  expect(theirs.filter((name) => ours.has(name))).toEqual([]);
});
