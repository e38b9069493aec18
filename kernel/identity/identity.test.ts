import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageOn, checkCitizenId, citizenIdCheckDigit } from "./citizen-id.ts";
import { checkOrganisationCode, normaliseCode, organisationCheckDigit } from "./organisation-code.ts";
import { checkCreditCode, creditCodeCheckDigit } from "./uscc.ts";

const folder = new URL("../../../shared/data/id-vectors/", import.meta.url);
const read = (name: string) => (existsSync(new URL(name, folder)) ? readFileSync(new URL(name, folder), "utf8") : "");

const creditAlphabet = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"];
const digit = fc.constantFrom(..."0123456789");
const letterOrDigit = fc.constantFrom(...creditAlphabet);
const creditBody = fc
  .tuple(
    letterOrDigit,
    letterOrDigit,
    fc.array(digit, { minLength: 6, maxLength: 6 }),
    fc.array(letterOrDigit, { minLength: 9, maxLength: 9 }),
  )
  .map(([a, b, c, d]) => `${a}${b}${c.join("")}${d.join("")}`);

describe("unified social credit code", () => {
  it("agrees with the standard's example and gives the parts", () => {
    expect(checkCreditCode("91350100M000100Y43")).toMatchObject({
      valid: true,
      registrar: "9",
      entityClass: "1",
      division: "350100",
      pilot: true,
    });
    expect(checkCreditCode("51110000500000015U")).toMatchObject({ valid: true, kind: "social_group" });
    expect(checkCreditCode("51110000500000016Y")).toMatchObject({ valid: true, organisationCodeSuspect: true });
  });

  it("flags early pilot codes that fail the check digit instead of losing them", () => {
    expect(checkCreditCode("91350211M00013FA1N")).toMatchObject({
      valid: false,
      reason: "check_digit",
      expectedCheck: "3",
      pilot: true,
    });
  });

  it("allows letters in position 1, not in the division", () => {
    expect(checkCreditCode("A1110000600037341L")).toMatchObject({ reason: "check_digit", registrar: "A" });
    expect(checkCreditCode("511A00005000000151").reason).toBe("charset");
  });

  it("reads what spreadsheets make of a code", () => {
    for (const written of [
      " 51110000500000015u ",
      "５１１１００００５００００００１５Ｕ",
      "5111 0000 5000 0001 5U",
      "\u200b51110000500000015U\ufeff",
      "51110000-50000001-5-U",
    ])
      expect(checkCreditCode(written)).toMatchObject({ valid: true, normalised: "51110000500000015U" });
  });

  it("notices every substitution of a single character", () => {
    fc.assert(
      fc.property(creditBody, fc.nat({ max: 17 }), letterOrDigit, (body, position, other) => {
        const code = body + creditCodeCheckDigit(body);
        expect(checkCreditCode(code).valid).toBe(true);
        fc.pre(code[position] !== other);
        expect(checkCreditCode(code.slice(0, position) + other + code.slice(position + 1)).valid).toBe(false);
      }),
    );
  });

  it.skipIf(read("uscc.json") === "")("replays the collected vectors (skipped: no shared data, when absent)", () => {
    const rows: { code: string; valid: boolean | null; own_check: string; reason: string }[] = JSON.parse(
      read("uscc.json"),
    );
    expect(rows.length).toBeGreaterThan(100);
    const reason: Record<string, string> = { checksum: "check_digit", alphabet: "charset", format: "length" };
    for (const row of rows) {
      const check = checkCreditCode(row.code);
      expect([row.code, check.valid]).toEqual([row.code, row.own_check === "ok"]);
      if (!check.valid) expect([row.code, check.reason]).toEqual([row.code, reason[row.own_check]]);
      if (row.reason.includes("pilot")) expect(check.pilot).toBe(true);
    }
  });
});

describe("citizen number", () => {
  it("gives birth date and sex, and the reason when it fails", () => {
    expect(checkCitizenId("11010519491231002x")).toMatchObject({
      valid: true,
      normalised: "11010519491231002X",
      birth: "1949-12-31",
      sex: "female",
    });
    expect(checkCitizenId("360426199113010079").reason).toBe("birth_date");
    expect(checkCitizenId("110105194912310021")).toMatchObject({ reason: "check_digit", expectedCheck: "X" });
    expect(checkCitizenId("110105491231002").reason).toBe("fifteen_digits");
    expect(checkCitizenId("1101051949123100").reason).toBe("length");
    expect(checkCitizenId("T60426199101010078").reason).toBe("charset");
  });

  it("knows residence permits and provinces that do not exist", () => {
    const permit = "83000019800101001";
    expect(checkCitizenId(permit + citizenIdCheckDigit(permit))).toMatchObject({ valid: true, residencePermit: true });
    const nowhere = "99000019800101001";
    expect(checkCitizenId(nowhere + citizenIdCheckDigit(nowhere))).toMatchObject({ valid: true, areaSuspect: true });
  });

  it("notices every substitution of a single digit", () => {
    const body = fc.tuple(
      fc.date({ min: new Date("1900-01-01"), max: new Date("2026-01-01"), noInvalidDate: true }),
      fc.array(digit, { minLength: 9, maxLength: 9 }),
    );
    fc.assert(
      fc.property(body, fc.nat({ max: 17 }), digit, ([birth, rest], position, other) => {
        const start =
          rest.slice(0, 6).join("") + birth.toISOString().slice(0, 10).replaceAll("-", "") + rest.slice(6).join("");
        const number = start + citizenIdCheckDigit(start);
        expect(checkCitizenId(number).valid).toBe(true);
        fc.pre(number[position] !== other);
        expect(checkCitizenId(number.slice(0, position) + other + number.slice(position + 1)).valid).toBe(false);
      }),
    );
  });

  it.skipIf(read("citizen-id.json") === "")(
    "replays the collected vectors (skipped: no shared data, when absent)",
    () => {
      const rows: { id: string; valid: boolean; reason: string; birth?: string; sex?: string }[] = JSON.parse(
        read("citizen-id.json"),
      );
      for (const row of rows) {
        const check = checkCitizenId(row.id);
        expect([row.id, check.valid]).toEqual([row.id, row.valid]);
        if (row.birth) expect(check.birth).toBe(row.birth);
        if (row.sex) expect(check.sex).toBe(row.sex === "F" ? "female" : "male");
      }
    },
  );

  it("turns a year older on the birthday, born on 29 February on the month's last day", () => {
    expect([ageOn("1943-06-15", "2023-06-14"), ageOn("1943-06-15", "2023-06-15")]).toEqual([79, 80]);
    expect([
      ageOn("2004-02-29", "2022-02-27"),
      ageOn("2004-02-29", "2022-02-28"),
      ageOn("2004-02-29", "2024-02-28"),
      ageOn("2004-02-29", "2024-02-29"),
    ]).toEqual([17, 18, 19, 20]);
  });
});

describe("organisation code", () => {
  it("reads it with and without its hyphen", () => {
    expect(checkOrganisationCode(" 66875408-0 ")).toMatchObject({ valid: true, normalised: "668754080" });
    expect(checkOrganisationCode("58925183-x").valid).toBe(true);
    expect(checkOrganisationCode("448972595-4").reason).toBe("length");
    expect(checkOrganisationCode("PDY00001-1").selfAssigned).toBe(true);
  });

  it("writes X for ten and 0 for eleven", () => {
    expect([organisationCheckDigit("58925183"), organisationCheckDigit("66875408")]).toEqual(["X", "0"]);
  });

  it("notices every substitution of a single digit", () => {
    const body = fc.array(digit, { minLength: 8, maxLength: 8 }).map((digits) => digits.join(""));
    fc.assert(
      fc.property(body, fc.nat({ max: 7 }), digit, (start, position, other) => {
        const code = start + organisationCheckDigit(start);
        fc.pre(code[position] !== other);
        expect(checkOrganisationCode(code.slice(0, position) + other + code.slice(position + 1)).valid).toBe(false);
      }),
    );
  });

  it.skipIf(read("organisation-codes-9.csv") === "")(
    "replays the collected vectors (skipped: no shared data, when absent)",
    () => {
      const rows = read("organisation-codes-9.csv")
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(","));
      for (const [code, , own] of rows)
        expect([code, checkOrganisationCode(code ?? "").valid]).toEqual([code, own === "ok"]);
    },
  );
});

it("keeps what it cannot understand for the person who typed it", () => {
  expect(normaliseCode("５１－ａ\u3000b")).toBe("51AB");
});
