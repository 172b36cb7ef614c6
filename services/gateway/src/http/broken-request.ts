import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, newRequestId } from '@ortoo/shared/kernel';
import { buildProblem, PROBLEM_TYPE } from '../problems/problem.ts';

type ClientError = Error & { code?: string };

/** Statuses of what never became a request. They are HTTP's own and have no code of ours, so they borrow the nearest. */
function describe({ code }: ClientError): { status: number; error: AppError } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: 431,
      error: new AppError(
        'PAYLOAD_TOO_LARGE',
        'request.headers-too-large',
        'The path and headers are larger than 16 KB.',
      ),
    };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, error: new AppError('TIMEOUT', 'request.too-slow', 'The request did not arrive in time.') };
  }
  return {
    status: 400,
    error: new AppError('VALIDATION_FAILED', 'request.http-malformed', 'This is not a request that HTTP/1.1 allows.'),
  };
}

/** Answers what could not be read as a request, and closes the connection: nothing that follows on it can be trusted. */
export function answerBrokenRequest(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, error: problem } = describe(error);
  const requestId = newRequestId();
  const body = JSON.stringify({ ...buildProblem(problem, { origin: '', path: '', requestId }), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
