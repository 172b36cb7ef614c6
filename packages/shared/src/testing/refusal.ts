import type { AppError } from '../kernel/errors.ts';

/** The error that a call was refused with. Throws when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<AppError> {
  try {
    await call;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('The call was not refused.');
}
