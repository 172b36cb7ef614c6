import type { CompanyInput, RuleFault } from '@ortoo/shared/contracts';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

type Location = NonNullable<CompanyInput['locations']>[number];
type Contact = NonNullable<CompanyInput['contacts']>[number];
type Phone = NonNullable<Contact['phone']>;
type WithPhones = { locations?: Location[]; contacts?: Contact[] };

/** A number without a country is taken for a Mongolian one. */
const HOME = 'MN';
/**
 * National numbers of Mongolia (+976), landline and mobile, have eight digits; none begins with 0, 3 or 4. New prefixes
 * come more often than lists of them.
 */
const HOME_NUMBER = /^[125-9]\d{7}$/;

/** The number in E.164, e.g. `+97670123456`, or undefined when it is none. */
export function toE164(raw: string): string | undefined {
  const number = parsePhoneNumberFromString(raw, HOME) ?? undefined;
  if (!number) return undefined;
  const isHome = number.countryCallingCode === '976';
  const isValid = isHome ? HOME_NUMBER.test(number.nationalNumber) : number.isValid();
  return isValid ? number.number : undefined;
}

/** Locations and contacts with the `e164` of each phone made from what was typed, and the faults of those that are none. */
export function settlePhones({ locations, contacts }: WithPhones): { phones: WithPhones; faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  const settle = (phone: Phone, pointer: string): Phone => {
    const e164 = toE164(phone.raw);
    if (e164) return { ...phone, e164 };
    faults.push({
      pointer: `${pointer}/raw`,
      message: 'is not a phone number',
      expected: 'a phone number',
      reason: 'company.phone-invalid',
    });
    return phone;
  };
  const settledLocations = locations?.map((location, place) =>
    location.phones
      ? {
          ...location,
          phones: location.phones.map((phone, index) => settle(phone, `/locations/${place}/phones/${index}`)),
        }
      : location,
  );
  const settledContacts = contacts?.map((contact, place) =>
    contact.phone ? { ...contact, phone: settle(contact.phone, `/contacts/${place}/phone`) } : contact,
  );
  const phones = {
    ...(settledLocations ? { locations: settledLocations } : {}),
    ...(settledContacts ? { contacts: settledContacts } : {}),
  };
  return { phones, faults };
}
