import { expect, test } from 'vitest';
import { sessionOf } from './pg-trgm.ts';
import { toCompany } from './to-states.ts';

test('names and queries are data of a session, whatever they hold', () => {
  const session = sessionOf([toCompany(7, 'Тэмүү\\n\tЛэнд|ХХК|1')], [{ q: "O'Neil'; DROP TABLE names;", limit: 10 }]);
  expect(session.split('\n')).toContain('company_7\tтэмүү n лэнд');
  expect(session).toContain("WHERE name % 'o''neil''; drop table names;' ORDER BY");
});
