import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { AppError } from '../kernel/index.ts';
import { duplicateKeyOf, readError, writeError } from './driver-errors.ts';

const { MongoNetworkError, MongoServerError, MongoServerSelectionError, MongoWriteConcernError } = mongoose.mongo;
const noServer = new MongoServerSelectionError('none', {} as never);
const serverError = (code: number) => new MongoServerError({ message: 'refused', code });
const named = (error: unknown) => (error instanceof AppError ? `${error.code} ${error.reason}` : error);
const written = (error: unknown, isSent: boolean) => named(writeError(error, { service: 'catalog', isSent }));
const read = (error: unknown) => named(readError(error, 'catalog'));

it('a write that was never sent is UNAVAILABLE', () => {
  expect(written(noServer, false)).toBe('UNAVAILABLE catalog.database-unavailable');
  expect(written(serverError(14031), true)).toBe('UNAVAILABLE catalog.database-unavailable');
});

it('a write that was sent and not answered is TIMEOUT, whatever the driver threw at last', () => {
  for (const error of [
    noServer,
    new MongoNetworkError('cut'),
    serverError(11600),
    serverError(50),
    serverError(10107),
  ]) {
    expect(written(error, true)).toBe('TIMEOUT catalog.outcome-unknown');
  }
  const unconfirmed = new MongoWriteConcernError({
    ok: 1,
    writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
  } as never);
  expect(written(unconfirmed, true)).toBe('TIMEOUT catalog.outcome-unknown');
});

it('a read is UNAVAILABLE without a server and TIMEOUT when it took too long', () => {
  expect(read(noServer)).toBe('UNAVAILABLE catalog.database-unavailable');
  expect(read(new MongoNetworkError('cut'))).toBe('UNAVAILABLE catalog.database-unavailable');
  expect(read(serverError(50))).toBe('TIMEOUT catalog.database-slow');
});

it('what is no trouble of the connection stays what it is', () => {
  const defect = new TypeError('x');
  const conflict = AppError.conflict('a.b', 'c');
  const refused = serverError(2);
  for (const error of [defect, conflict, refused]) {
    expect(readError(error, 'catalog')).toBe(error);
    expect(writeError(error, { service: 'catalog', isSent: true })).toBe(error);
  }
});

it('a duplicate key error names its index and value', () => {
  const duplicate = new MongoServerError({
    message: 'E11000',
    code: 11000,
    keyPattern: { keys: 1 },
    keyValue: { keys: 'slug:a' },
  });
  expect(duplicateKeyOf(duplicate)).toEqual({ field: 'keys', value: 'slug:a' });
  expect(duplicateKeyOf(serverError(2))).toBeUndefined();
});
