import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { INTAKE_BYTES_MAX } from '@ortoo/shared/contracts';
import { CliError, errnoOf, messageOf } from '../cli-error.ts';

/** A page as the API takes it. */
export type PageRequest = { text: string } | { html: string };

const HTML_FILES = new Set(['.html', '.htm', '.xhtml']);
const HTML_BEGIN = /^\s*(?:<!doctype html|<html[\s>])/i;
/** Byte order marks of UTF-16 and UTF-32, whose letters UTF-8 cannot be made of. */
const OTHER_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Reads a page of plain text or HTML. Throws a CliError of one sentence for what cannot be one. */
export function readPageFile(path: string): PageRequest {
  const bytes = readBytes(path);
  if (OTHER_MARKS.some((mark) => mark.every((byte, place) => bytes[place] === byte))) {
    throw new CliError(`${path} is UTF-16.`, 'Save it as UTF-8.');
  }
  if (bytes.includes(0)) throw new CliError(`${path} holds NUL characters: it is no text.`);
  const content = decode(path, bytes);
  if (content.trim() === '') throw new CliError(`${path} is empty.`);
  const request =
    HTML_FILES.has(extname(path).toLowerCase()) || HTML_BEGIN.test(content) ? { html: content } : { text: content };
  if (Buffer.byteLength(JSON.stringify(request)) > INTAKE_BYTES_MAX) throw tooLarge(path);
  return request;
}

function readBytes(path: string): Buffer {
  try {
    if (statSync(path).size > INTAKE_BYTES_MAX) throw tooLarge(path);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (errnoOf(error) === 'ENOENT') throw new CliError(`${path} is not there.`);
    if (errnoOf(error) === 'EISDIR') throw new CliError(`${path} is a folder.`);
    throw new CliError(`${path} cannot be read: ${messageOf(error)}.`);
  }
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`${path} is not UTF-8.`, 'Save it as UTF-8.');
  }
}

const tooLarge = (path: string) =>
  new CliError(`${path} is larger than the ${INTAKE_BYTES_MAX / 1024} KB that a page may have.`);
