import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHeader, decodeJson, encodeHeader, encodeJson } from './codec.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a header', () => {
  it('carries any text as one line of ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const encoded = encodeHeader(text);
        expect(encoded).toMatch(/^[\x21-\x7e]*$/);
        expect(decodeHeader(encoded)).toBe(text);
      }),
    );
  });

  it('carries a lone surrogate as the replacement character instead of throwing', () => {
    expect(decodeHeader(encodeHeader('a\ud800b'))).toBe('a\ufffdb');
  });
});

describe('JSON from the wire', () => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('constructor'));
        expect(decodeJson(encodeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['a prototype', '{"a":{"__proto__":{"admin":true}}}', 'forbidden prototype'],
    ['an escaped prototype', '{"\\u005f_proto__":{"admin":true}}', 'forbidden prototype'],
    ['a constructor', '{"constructor":{"prototype":{"admin":true}}}', 'forbidden prototype'],
    ['broken text', '{"a":', 'JSON'],
    ['nothing', '', 'JSON'],
  ])('is refused when it holds %s', (_what, text, why) => {
    expect(() => decodeJson(bytes(text))).toThrow(why);
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => decodeJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(TypeError);
  });
});
