import { type Static, Type } from 'typebox';
import { closed, Display, Email, IdOf, Instant, LocaleTag, Phone, Text, Version } from '../atoms.ts';
import { Amount, Currency } from '../money.ts';

export const inquiryKinds = ['question', 'rfq', 'correction', 'report'] as const;
export const inquiryStates = ['new', 'read', 'answered', 'closed', 'spam'] as const;
const inquiryTargetKinds = ['company', 'offering', 'article', 'event'] as const;
/** Why an inquiry may be spam; docs/privacy.md says what each means and weighs. */
const spamSignals = [
  'links',
  'many-links',
  'words',
  'email-repeats',
  'address-repeats',
  'script',
  'thin',
  'disposable',
  'capitals',
] as const;
export type SpamSignal = (typeof spamSignals)[number];

/** Characters of one message, and things that one request for a quotation may ask for. */
const MESSAGE_MAX = 10_000;
const ITEMS_MAX = 100;

const Target = Type.Object(
  {
    kind: Type.Enum([...inquiryTargetKinds]),
    id: Type.String({ pattern: `^(${inquiryTargetKinds.join('|')})_[0-7][0-9a-hjkmnp-tv-z]{25}$` }),
  },
  { ...closed, description: 'What the inquiry is about: something that the public sees.' },
);

const Sender = Type.Object(
  { name: Text(120), company: Type.Optional(Text(200)), email: Email, phone: Type.Optional(Phone) },
  closed,
);

const Item = Type.Object(
  {
    offeringId: Type.Optional(IdOf('offering')),
    description: Text(1_000),
    quantity: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
    unit: Text(40),
    targetPrice: Type.Optional(Type.Object({ amount: Amount, currency: Currency }, closed)),
  },
  closed,
);

const message = Text(MESSAGE_MAX);
const textVersion = Text(60);

/** What anybody may send. */
export const InquiryInput = Type.Object(
  {
    inquiryKind: Type.Enum([...inquiryKinds]),
    target: Target,
    sender: Sender,
    locale: LocaleTag,
    message,
    items: Type.Optional(
      Type.Array(Item, { maxItems: ITEMS_MAX, description: 'Of a request for a quotation (rfq), and only there.' }),
    ),
    consent: Type.Object({ textVersion }, { ...closed, description: 'The text that the sender has agreed to.' }),
  },
  { ...closed, $id: 'InquiryInput' },
);
export type InquiryInput = Static<typeof InquiryInput>;

/** What is answered to the sender. */
export const InquiryReceipt = Type.Object({ id: IdOf('inquiry') }, { $id: 'InquiryReceipt' });

const Entry = Type.Object({
  at: Instant,
  from: Type.Enum(['staff', 'sender']),
  actor: Type.Optional(Type.String({ description: 'Who of the staff.' })),
  message: Type.String(),
});

/** What personal data an inquiry holds; erasing removes all of it. */
const personal = {
  sender: Type.Optional(Sender),
  message: Type.Optional(message),
  items: Type.Optional(Type.Array(Item)),
  consent: Type.Optional(Type.Object({ textVersion, at: Instant })),
  thread: Type.Optional(Type.Array(Entry, { description: 'What was answered, the oldest first.' })),
};

const plain = {
  inquiryKind: InquiryInput.properties.inquiryKind,
  target: Target,
  locale: LocaleTag,
  state: Type.Enum([...inquiryStates]),
  spam: Type.Object({
    score: Type.Number({ minimum: 0, maximum: 1 }),
    signals: Type.Array(Type.Enum([...spamSignals])),
  }),
  createdAt: Instant,
  updatedAt: Instant,
  retainUntil: Type.Optional(
    Type.String({ format: 'date-time', description: 'When all personal data is erased, unless something happens.' }),
  ),
  erasedAt: Type.Optional(Instant),
};

/** The stored state of an inquiry (without id and v, which the store keeps beside it). */
export const InquiryState = Type.Object({ ...plain, ...personal });
export type InquiryState = Static<typeof InquiryState>;

/** An inquiry as staff gets it; who may not read inquiries sees no personal data. */
export const Inquiry = Type.Object(
  {
    id: IdOf('inquiry'),
    kind: Type.Literal('inquiry'),
    v: Version,
    ...plain,
    ...personal,
    display: Display,
  },
  {
    $id: 'Inquiry',
    description: 'What somebody asked, for staff alone. It is never searched, listed or shown in public.',
  },
);
