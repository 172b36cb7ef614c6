import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from '../../test/support/read-xml.ts';
import { element, textElement, xmlDocument } from './xml.ts';

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

test('texts and attributes come out as they went in, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, value) => {
      const read = readXml(xmlDocument(element('a', { title: value }, element('b', {}, text))));
      expect([read.attributes.title, read.text]).toEqual([value, text]);
    }),
  );
});

test('what XML cannot hold is left out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { markup } = element('a', { title: text }, text);
      expect(markup).not.toMatch(FORBIDDEN);
      expect(markup.replace(/&#\d+;/g, '')).toMatch(/^<a title="[^<>&"']*">[^<>&"']*<\/a>$/);
    }),
  );
  expect(element('a', {}, 'x\u0000\u0008\u001b\ud800\ufffey').markup).toBe('<a>xy</a>');
});

test('what is unknown is not there', () => {
  const { markup } = element(
    'a',
    { b: undefined, c: '' },
    undefined,
    textElement('d', ''),
    textElement('e', undefined),
  );
  expect(markup).toBe('<a c=""/>');
});
