// The search that keeps robots out (domain/feedback/puzzle.py): SHA-256 of one block, as fast as plain JavaScript goes.
// No crypto.subtle: it answers one digest at a time, and not at all without HTTPS.
const SEARCHES = 16;

// The constants of SHA-256 are the fractions of roots of the first primes.
const primes = [];
for (let each = 2; primes.length < 64; each++) if (primes.every((prime) => each % prime)) primes.push(each);
const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

// Sixteen bits as four hexadecimal digits: one word of the message.
const HEX = Int32Array.from({ length: 65536 }, (_, value) => wordOf(value.toString(16).padStart(4, "0"), 0));

function wordOf(text, at) {
  let word = 0;
  for (let sign = 0; sign < 4; sign++) word = (word << 8) | text.charCodeAt(at + sign);
  return word;
}

// The solution, step by step: each `next()` takes a few milliseconds, the last one returns the numbers.
export function* solving(challenge) {
  const [nonce, bits] = challenge.split(".");
  let numbers = "";
  for (let index = 0; index < SEARCHES; index++) {
    numbers += yield* found(nonce + index.toString(16).padStart(2, "0"), Number(bits));
  }
  return numbers;
}

function* found(prefix, bits) {
  const words = new Int32Array(64);
  for (let at = 0; at < 6; at++) words[at] = wordOf(prefix, at * 4);
  words[8] = 0x80000000;
  words[15] = 256; // bits of 32 signs
  for (let number = 0; ; number++) {
    words[6] = HEX[number >>> 16];
    words[7] = HEX[number & 0xffff];
    if (bits === 0 || firstWord(words) >>> (32 - bits) === 0) return number.toString(16).padStart(8, "0");
    if ((number & 0xfff) === 0xfff) yield;
  }
}

function firstWord(w) {
  for (let at = 16; at < 64; at++) {
    const low = w[at - 15], high = w[at - 2];
    const s0 = ((low >>> 7) | (low << 25)) ^ ((low >>> 18) | (low << 14)) ^ (low >>> 3);
    const s1 = ((high >>> 17) | (high << 15)) ^ ((high >>> 19) | (high << 13)) ^ (high >>> 10);
    w[at] = (w[at - 16] + s0 + w[at - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + S1 + ((e & f) ^ (~e & g)) + K[at] + w[at]) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (a + START[0]) | 0;
}
