import { lookup as lookupName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../kernel/index.ts';
import { type Exempt, findAddressFault } from './address.ts';

/** What turns a name into addresses; the system's by default. */
export type LookUp = typeof lookupName;

type Options = { exempt: Exempt; timeoutMs: number; lookUp?: LookUp | undefined };

/**
 * Opens sockets to permitted addresses only, judged at the moment of connecting, so that a name that resolves anew to
 * an inner address gets no connection. Literal addresses never pass a look-up (nodejs/undici#2019) and are judged
 * before.
 */
export function createGuardedConnect({ exempt, timeoutMs, lookUp = lookupName }: Options): buildConnector.connector {
  return (options, done) => {
    const { hostname, protocol } = options;
    const port = Number(options.port || (protocol === 'https:' ? 443 : 80));
    const literal = hostname.replace(/^\[|\]$/g, '');
    const fault = isIP(literal) === 0 ? undefined : findAddressFault(literal, port, exempt);
    if (fault !== undefined) {
      queueMicrotask(() => done(refusal(fault), null));
      return;
    }
    const guarded: LookupFunction = (name, asked, answer) =>
      lookUp(name, { ...asked, all: true }, (error, found) => {
        if (error) return answer(error, []);
        const permitted = found.filter(({ address }) => findAddressFault(address, port, exempt) === undefined);
        const [first] = permitted;
        if (!first) return answer(refusal(`${name}: ${faultOf(found)}`), []);
        return asked.all ? answer(null, permitted) : answer(null, first.address, first.family);
      });
    const faultOf = ([first]: { address: string }[]) =>
      (first && findAddressFault(first.address, port, exempt)) ?? 'no address';
    buildConnector({ lookup: guarded, timeout: timeoutMs, allowH2: false })(options, done);
  };
}

/** The answer when a request may not leave. */
export function refusal(fault: string): AppError {
  return new AppError('UNPROCESSABLE', 'outgoing.address-refused', `Nothing is fetched from there: ${fault}.`);
}
