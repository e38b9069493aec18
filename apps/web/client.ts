import { type Operation, pathOf } from "../../kernel/operation/define.ts";
import { ApiProblem, type FieldTrouble, isSignedOut, NoAnswer } from "./problem.ts";

/** Any operation with these three shapes; the refusal codes do not matter to a caller. */
export type Callable<In, Sent, Out> = Operation<In, Sent, Out, string>;

export interface CallOptions {
  /** Idempotency key: made once per form and kept over retries, so that a second send is never a second act. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

let language = "zh-CN";
let whenSignedOut: () => void = () => {};

/** Tells the client which language answers should speak, and whom to tell when the session has ended. */
export function configureClient(given: { language?: string; onSignedOut?: () => void }): void {
  if (given.language) language = given.language;
  if (given.onSignedOut) whenSignedOut = given.onSignedOut;
}

/** A new idempotency key (幂等键). */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Plain http on a county's own network is no secure context: there only getRandomValues exists.
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Signing in has no account yet that a key could belong to, and its answer must never be replayed. */
function keyOf(operation: { readonly door: string }, key: string | undefined): Record<string, string> {
  return operation.door === "auth" ? {} : { "idempotency-key": key ?? newKey() };
}

/** Address of a query with its input, also usable as a link to a file. */
export function queryAddress<In, Sent, Out>(operation: Callable<In, Sent, Out>, input: NoInfer<Sent>): string {
  const text = JSON.stringify(input);
  return text === undefined || text === "{}"
    ? pathOf(operation)
    : `${pathOf(operation)}?input=${encodeURIComponent(text)}`;
}

/** Calls an operation: a query is a GET, a command a POST. Throws ApiProblem or NoAnswer, never anything else. */
export async function call<In, Sent, Out>(
  operation: Callable<In, Sent, Out>,
  input: NoInfer<Sent>,
  options: CallOptions = {},
): Promise<Out> {
  const response =
    operation.kind === "query"
      ? await reach(queryAddress(operation, input), { signal: options.signal })
      : await reach(pathOf(operation), {
          method: "POST",
          body: JSON.stringify(input ?? {}),
          headers: { "content-type": "application/json", ...keyOf(operation, options.key) },
          signal: options.signal,
        });
  return (await response.json()) as Out;
}

/** Calls an operation whose answer is a file, and hands the file to the browser's own download. */
export async function download<In, Sent, Out>(
  operation: Callable<In, Sent, Out>,
  input: NoInfer<Sent>,
  options: CallOptions = {},
): Promise<string> {
  const response =
    operation.kind === "query"
      ? await reach(queryAddress(operation, input), { signal: options.signal })
      : await reach(pathOf(operation), {
          method: "POST",
          body: JSON.stringify(input ?? {}),
          headers: { "content-type": "application/json", "idempotency-key": options.key ?? newKey() },
        });
  const name = fileNameOf(response.headers.get("content-disposition")) ?? operation.id;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

/** Sends a file with fields through the multipart door; `onProgress` hears the share sent, 0 to 1. */
export function upload<In, Sent, Out>(
  operation: Callable<In, Sent, Out>,
  fields: Readonly<Record<string, unknown>>,
  file: File,
  options: CallOptions & { readonly onProgress?: (share: number) => void } = {},
): Promise<Out> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null)
      form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", pathOf(operation));
    request.setRequestHeader("idempotency-key", options.key ?? newKey());
    request.setRequestHeader("accept-language", language);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new NoAnswer(!navigator.onLine));
    request.onload = () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as Out);
      reject(troubled(problemFrom(request.status, request.responseText)));
    };
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      ...init,
      credentials: "same-origin",
      headers: { accept: "application/json", "accept-language": language, ...init.headers },
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer(!navigator.onLine);
  }
  if (response.ok) return response;
  throw troubled(problemFrom(response.status, await response.text().catch(() => "")));
}

function troubled(problem: ApiProblem | NoAnswer): ApiProblem | NoAnswer {
  if (isSignedOut(problem)) whenSignedOut();
  return problem;
}

/** A gateway's own page is no answer of this system: it reads as "no answer", never as an empty list. */
function problemFrom(status: number, body: string): ApiProblem | NoAnswer {
  try {
    const given = JSON.parse(body) as {
      code?: string;
      facts?: Record<string, unknown>;
      problems?: FieldTrouble[];
      requestId?: string;
    };
    if (typeof given.code === "string")
      return new ApiProblem({
        status,
        code: given.code,
        facts: given.facts,
        problems: given.problems,
        requestId: given.requestId,
      });
  } catch {
    return status === 502 || status === 503 || status === 504
      ? new NoAnswer(false)
      : new ApiProblem({ status, code: "operation/fault" });
  }
  return new ApiProblem({ status, code: "operation/fault" });
}

function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (!encoded) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
