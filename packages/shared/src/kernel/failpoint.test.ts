import { Type } from 'typebox';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError, parseConfig, serviceSettings } from './config.ts';
import { armFailpoints, FailpointError, failpoint, failpointHits, isFailpointArmed } from './failpoint.ts';

afterEach(() => armFailpoints(undefined));

describe('a failpoint', () => {
  test('does nothing and counts nothing until something is armed', () => {
    failpoint('store.before-commit');
    expect(failpointHits('store.before-commit')).toBe(0);
  });

  test('acts at the hit that was named, and at no other', () => {
    armFailpoints('store.before-commit=throw@3');
    failpoint('store.before-commit');
    failpoint('store.before-commit');
    expect(() => failpoint('store.before-commit')).toThrow(FailpointError);
    failpoint('store.before-commit');
    expect(failpointHits('store.before-commit')).toBe(4);
  });

  test('acts at the first hit when none is named, and at each with :always', () => {
    armFailpoints('relay.cleared=throw,rpc.answered=throw:always');
    expect(() => failpoint('relay.cleared')).toThrow(FailpointError);
    failpoint('relay.cleared');
    expect(() => failpoint('rpc.answered')).toThrow(FailpointError);
    expect(() => failpoint('rpc.answered')).toThrow(FailpointError);
  });

  test('counts the places that are passed without being armed', () => {
    armFailpoints('relay.cleared=throw@9');
    failpoint('search.before-bulk');
    expect(failpointHits('search.before-bulk')).toBe(1);
    expect([isFailpointArmed('relay.cleared'), isFailpointArmed('search.before-bulk')]).toEqual([true, false]);
  });

  test('pauses the whole process', () => {
    armFailpoints('relay.cleared=pause60');
    const startedMs = performance.now();
    failpoint('relay.cleared');
    expect(performance.now() - startedMs).toBeGreaterThan(50);
  });
});

describe('the setting ORTOO_FAILPOINTS', () => {
  const settings = Type.Object({ ORTOO_FAILPOINTS: serviceSettings.ORTOO_FAILPOINTS });
  const read = (text: string) => parseConfig(settings, { ORTOO_FAILPOINTS: text }).ORTOO_FAILPOINTS;

  test('takes what can be armed', () => {
    expect(read('relay.published-not-acked=kill@3,relay.cleared=pause500:always')).toContain('kill@3');
    expect(read('')).toBeUndefined();
  });

  test.each([
    'relay.cleared',
    'relay.cleaned=kill',
    'relay.cleared=stop',
    'relay.cleared=kill@0',
    'relay.cleared=kill,',
  ])('is refused when it says %s', (text) => {
    expect(() => read(text)).toThrow(ConfigError);
    expect(() => armFailpoints(text)).toThrow('is no failpoint');
  });
});
