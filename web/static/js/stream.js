// Asking the server. An answer arrives as one JSON object a line.

/** What went wrong while asking. `code` is the server's, or "offline", "cut_off", "stopped". */
export class AskError extends Error {
  constructor(code, message, retryAfter = 0) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Ask, and call `onEvent` with each event; resolves with the whole answer. Errors: AskError. */
export async function ask(body, { signal, onEvent }) {
  try {
    const response = await post("/api/ask", { ...body, stream: true }, signal);
    for await (const event of events(response.body)) {
      if (event.type === "error") throw new AskError(event.error?.code ?? "error", event.error?.message ?? "");
      if (event.type === "done") return event.answer;
      onEvent(event);
    }
  } catch (error) {
    throw asAskError(error, signal);
  }
  throw new AskError("cut_off", "The answer broke off before it was complete.");
}

/** POST JSON. Errors: AskError with the server's code and message. */
export async function post(path, body, signal) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/x-ndjson, */*" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    throw asAskError(error, signal);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** GET JSON. Errors: AskError. */
export async function get(path, signal) {
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" }, signal });
    if (!response.ok) throw await refusal(response);
    return await response.json();
  } catch (error) {
    throw asAskError(error, signal);
  }
}

async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = done ? "" : lines.pop();
    for (const line of lines) if (line.trim()) yield JSON.parse(line);
    if (done) return;
  }
}

async function refusal(response) {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // not one of Parley's own errors: the status has to do
  }
  return new AskError(error.code ?? "error", error.message ?? `The server answered ${response.status}.`, retryAfter);
}

function asAskError(error, signal) {
  if (error instanceof AskError) return error;
  if (signal?.aborted) return new AskError("stopped", "Stopped before the answer was complete.");
  if (error instanceof SyntaxError) return new AskError("cut_off", "The answer broke off before it was complete.");
  return new AskError("offline", "Parley cannot be reached. Is it still running? Start it with: parley serve");
}
