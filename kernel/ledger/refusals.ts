/** Refusals a command that posts may answer with (记账拒绝理由); rooms add them to their contracts. */
export const postingRefusals = {
  "ledger/insufficient": 409,
  "ledger/before-account": 422,
  "ledger/account-closed": 409,
  "ledger/purpose-restricted": 409,
  "ledger/serial-elsewhere": 409,
  "ledger/serial-known": 409,
  "ledger/serials-missing": 422,
} as const;

/** What correcting an entry may be refused for besides. */
export const correctionRefusals = {
  ...postingRefusals,
  "ledger/already-corrected": 409,
  "ledger/unknown-entry": 404,
} as const;
