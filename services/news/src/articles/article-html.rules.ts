import { BLOCKS_MAX, Block, BODY_HTML_MAX, createParser, htmlOfBlocks, type RuleFault } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import { readBlocks } from './html-blocks.rules.ts';

type Members = Record<string, unknown>;
/** A body of a request with its HTML read into blocks, and what is wrong with it. */
export type ReadBody = { body: Members; faults: RuleFault[] };

const parseBlocks = createParser(Type.Array(Block, { maxItems: BLOCKS_MAX }), 'article.html-invalid');

/**
 * A request's members with `bodyHtml` read into `body`. What is no HTML at all is left for the schema to refuse; null
 * removes the body. Both at once are refused, unless they are one body told twice, as a read that picks both shows it. HTML
 * that is `current` again is `current`, whatever HTML cannot tell apart.
 */
export function readBodyHtml(members: object, current?: Block[]): ReadBody {
  const { bodyHtml, ...others } = members as Members;
  if (Array.isArray(others.body) && others.body.length > BLOCKS_MAX)
    return { body: { ...others, body: [PLACEHOLDER] }, faults: [tooMany('/body', others.body.length)] };
  if (bodyHtml !== null && !isHtml(bodyHtml)) return { body: { ...members }, faults: [] };
  if (others.body !== undefined) return { body: others, faults: tellsTwice(others.body, bodyHtml) ? [] : twoBodies() };
  if (bodyHtml === null) return { body: { ...others, body: null }, faults: [] };
  if (current && htmlOfBlocks(current) === bodyHtml) return { body: { ...others, body: current }, faults: [] };
  const { blocks, unclosed } = readBlocks(bodyHtml);
  const faults = [...(unclosed === undefined ? [] : [unclosedFault(unclosed)]), ...blockFaults(blocks)];
  return { body: { ...others, body: faults.length > 0 ? [PLACEHOLDER] : blocks }, faults };
}

function isHtml(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= BODY_HTML_MAX;
}

/** Stands for a body that is refused, so that the other rules are looked at all the same. */
const PLACEHOLDER: Block = { type: 'paragraph', text: '…' };

function tellsTwice(body: unknown, html: unknown): boolean {
  try {
    return htmlOfBlocks(parseBlocks(body)) === html;
  } catch {
    return body === null && html === null;
  }
}

function twoBodies(): RuleFault[] {
  const expected = '`body` or `bodyHtml`, not both';
  const reason = 'article.body-twice';
  return [
    { pointer: '/body', message: 'says the body a second time', expected, reason },
    { pointer: '/bodyHtml', message: 'says the body a second time', expected, reason },
  ];
}

/** Told here, since a schema takes seconds to say what is wrong with tens of thousands of blocks. */
function tooMany(pointer: string, count: number): RuleFault {
  const expected = `at most ${BLOCKS_MAX}`;
  return { pointer, message: `has ${count} blocks`, expected, reason: 'article.body-too-long' };
}

function unclosedFault(name: string): RuleFault {
  return {
    pointer: '/bodyHtml',
    message: `has an element ${name} that does not end; all after it would be lost`,
    expected: 'elements that end',
    reason: 'article.html-invalid',
  };
}

function blockFaults(blocks: Block[]): RuleFault[] {
  const reason = 'article.html-invalid';
  if (blocks.length === 0)
    return [{ pointer: '/bodyHtml', message: 'has no text and no image', expected: 'HTML of a text', reason }];
  if (blocks.length > BLOCKS_MAX) return [tooMany('/bodyHtml', blocks.length)];
  try {
    parseBlocks(blocks);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.details?.errors ?? []).map(({ pointer, message, expected }) => ({
      pointer: '/bodyHtml',
      message: `read into blocks, ${pointer || 'the body'} ${message}`,
      ...(expected === undefined ? {} : { expected }),
      reason,
    }));
  }
}
