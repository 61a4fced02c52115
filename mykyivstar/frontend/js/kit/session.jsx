// What only a full page load can do: trade a ticket for the session cookie, sign out, leave a page for good.
// The socket keeps the headers it was opened with, so each of them ends in a load that opens a new one.
import { useEffect } from "react";

const TOKEN = "token"; // the key of Reflex's client token: a new session begins with a new state
const TRIES = 5;

async function post(path, body) {
  for (let tried = 0; ; tried++) {
    try {
      return await fetch(path, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    } catch (lost) {
      if (tried === TRIES) throw lost;
      await new Promise((wait) => setTimeout(wait, 500 * 2 ** tried));
    }
  }
}

function leave(path) {
  sessionStorage.removeItem(TOKEN);
  location.replace(path);
}

// Customers and the staff have doors of their own: where the cookie is given, where one goes in and out.
export function SessionGate({ ticket, next, leaveTo, closing, remembering, door, home, login, out }) {
  useEffect(() => {
    if (!ticket) return;
    post(door, { ticket })
      .then((answer) => leave(answer.ok ? next || home : `${login}?again=1`))
      .catch(() => leave(`${login}?again=1`));
  }, [ticket]);
  useEffect(() => {
    if (closing) post(`${door}/close`, {}).finally(() => leave(out));
  }, [closing]);
  useEffect(() => {
    // Whether it worked shows on the page, which is loaded anew with the cookie.
    if (remembering) post(`${door}/remember`, {}).finally(() => leave(next || home));
  }, [remembering]);
  useEffect(() => {
    // Whoever signs out is on the way to the public page already.
    if (leaveTo && !closing) leave(leaveTo);
  }, [leaveTo]);
  return null;
}
