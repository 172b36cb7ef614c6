import {
  type CalendarEventInput,
  createUrlSettler,
  isCurrency,
  type RuleFault,
  regionFaults,
} from '@ortoo/shared/contracts';
import { parseInstant } from '@ortoo/shared/kernel';
import { isDay, settleTime } from './event-time.rules.ts';

type Details = Pick<
  CalendarEventInput,
  'offers' | 'onlineUrl' | 'registrationUrl' | 'deadline' | 'venue' | 'previousStart'
>;
type Offers = CalendarEventInput['offers'];

/** Addresses normalised, instants in UTC, and what is wrong with the place, the offers and the deadline. */
export function settleDetails(details: Details): { details: Details; faults: RuleFault[] } {
  const { settle, faults: ofUrls } = createUrlSettler('event.url-invalid');
  const { offers, onlineUrl, registrationUrl, venue } = details;
  const deadline = settleDeadline(details.deadline);
  const before = settlePrevious(details.previousStart);
  const sold = settleOffers(offers, settle);
  const settled = {
    ...(onlineUrl === undefined ? {} : { onlineUrl: settle(onlineUrl, '/onlineUrl') }),
    ...(registrationUrl === undefined ? {} : { registrationUrl: settle(registrationUrl, '/registrationUrl') }),
    ...(sold.offers ? { offers: sold.offers } : {}),
    ...(deadline.deadline === undefined ? {} : { deadline: deadline.deadline }),
    ...(before.previousStart === undefined ? {} : { previousStart: before.previousStart }),
  };
  const ofPlace = regionFaults(venue?.address ?? {}, '/venue/address', 'event.region-unknown');
  return { details: settled, faults: [...ofUrls, ...ofPlace, ...sold.faults, ...deadline.faults, ...before.faults] };
}

function settleOffers(offers: Offers, settle: (url: string, pointer: string) => string) {
  const faults: RuleFault[] = [];
  const settled = offers?.map((offer, place) => {
    const at = `/offers/${place}`;
    const add = (member: string, message: string, expected: string) =>
      faults.push({ pointer: `${at}/${member}`, message, expected, reason: 'event.offer-invalid' });
    if (offer.price && !isCurrency(offer.price.currency)) add('price/currency', 'is no currency', 'a code of ISO 4217');
    const from = offer.validFrom === undefined ? undefined : parseInstant(offer.validFrom);
    const through = offer.validThrough === undefined ? undefined : parseInstant(offer.validThrough);
    if (offer.validFrom !== undefined && !from) add('validFrom', 'is no instant that can be compared', 'RFC 3339');
    if (offer.validThrough !== undefined && !through)
      add('validThrough', 'is no instant that can be compared', 'RFC 3339');
    if (from && through && through < from) add('validThrough', 'lies before validFrom', `${from} or later`);
    return {
      ...offer,
      ...(from ? { validFrom: from } : {}),
      ...(through ? { validThrough: through } : {}),
      ...(offer.url === undefined ? {} : { url: settle(offer.url, `${at}/url`) }),
    };
  });
  return { offers: settled, faults };
}

function settleDeadline(deadline: Details['deadline']): { deadline?: Details['deadline']; faults: RuleFault[] } {
  if (deadline === undefined) return { faults: [] };
  if (typeof deadline === 'object') {
    const { time, faults } = settleTime(deadline, '/deadline');
    return { deadline: time, faults };
  }
  const settled = deadline.includes(':') ? parseInstant(deadline) : isDay(deadline) && deadline;
  if (settled) return { deadline: settled, faults: [] };
  const expected = 'a day, a time with its zone, or an instant';
  return {
    faults: [{ pointer: '/deadline', message: 'is not in the calendar', expected, reason: 'event.time-invalid' }],
  };
}

function settlePrevious(previousStart: Details['previousStart']): {
  previousStart?: Details['previousStart'];
  faults: RuleFault[];
} {
  const pointer = '/previousStart';
  if (previousStart === undefined) return { faults: [] };
  if (typeof previousStart === 'object') {
    const { time, faults } = settleTime(previousStart, pointer);
    return { previousStart: time, faults };
  }
  if (isDay(previousStart)) return { previousStart, faults: [] };
  const fault = { pointer, message: 'is not in the calendar', expected: 'a day that exists' };
  return { faults: [{ ...fault, reason: 'event.time-invalid' }] };
}
