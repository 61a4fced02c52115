// Asks the browser for a passkey when the server has sent what to ask with, and hands the answer back as plain text.
import { useEffect, useState } from "react";

const ASKED = "passkey-asked"; // the last challenge of this tab: a reloaded page does not ask with it again
const REASONS = { NotAllowedError: "cancelled", InvalidStateError: "known", SecurityError: "address" };

const canAsk = () => typeof window !== "undefined" && "PublicKeyCredential" in window;
let asking = null;

export function Passkey({ request, onMade, onUsed, onFailed }) {
  useEffect(() => {
    if (!request) return;
    const options = JSON.parse(request);
    if (sessionStorage.getItem(ASKED) === options.challenge) return;
    sessionStorage.setItem(ASKED, options.challenge);
    ask(options).then(
      (answer) => answer && ("attestation" in answer ? onMade : onUsed)(answer),
      (failure) => onFailed(REASONS[failure.name] ?? "failed"),
    );
  }, [request]);
  return null;
}

export function IfPasskeys({ otherwise, children }) {
  const [can, setCan] = useState(false);
  useEffect(() => setCan(canAsk()), []);
  return can ? children : (otherwise ?? null);
}

async function ask(options) {
  if (!canAsk()) throw new DOMException("", "NotSupportedError");
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    return await ("user" in options ? make(options, signal) : use(options, signal));
  } catch (failure) {
    if (signal.aborted) return null; // a newer question took its place
    throw failure;
  }
}

async function make(options, signal) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map((known) => ({ ...known, id: bytes(known.id) })),
  };
  const { rawId, response } = await navigator.credentials.create({ publicKey, signal });
  return {
    id: text(rawId),
    client_data: text(response.clientDataJSON),
    attestation: text(response.attestationObject),
  };
}

async function use(options, signal) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
  const { rawId, response } = await navigator.credentials.get({ publicKey, signal });
  return {
    id: text(rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    user_handle: response.userHandle ? text(response.userHandle) : "",
  };
}

const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
