// What the server will say of a password (A7), said while it is typed: the same rules as domain/identity/passwords.py,
// checked against it by tests/frontend/test_password_rules.py. The server judges again and has the last word.

const LENGTH_MIN = 8;
const LENGTH_MAX = 128;
const SAME_CHARACTER_MAX = 2;
const FROM = "йцукенгшщзхїфівапролджєячсмитьбю";
const TO = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const LAYOUT = Object.fromEntries([...FROM].map((letter, at) => [letter, TO[at]]));
const KINDS = [/\p{Uppercase}/u, /\p{Lowercase}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];

export function judge(password, login, common) {
  const signs = [...password];
  const holds = {
    length: signs.length >= LENGTH_MIN && signs.length <= LENGTH_MAX,
    upper: KINDS[0].test(password),
    lower: KINDS[1].test(password),
    digit: KINDS[2].test(password),
    repeats: most(signs) <= SAME_CHARACTER_MAX,
    common: !isCommon(password, common),
    login: !isLogin(password, login),
  };
  const broken = Object.keys(holds).filter((rule) => !holds[rule]);
  return { broken, strength: strength(signs, password, broken) };
}

function most(signs) {
  const counts = new Map();
  signs.forEach((sign) => counts.set(sign, (counts.get(sign) ?? 0) + 1));
  return Math.max(0, ...counts.values());
}

function isCommon(password, common) {
  const folded = password.toLowerCase();
  const plain = [...folded].map((sign) => LAYOUT[sign] ?? sign).join("");
  const stem = plain.replace(/[0-9!?.,*#\-_ ]+$/, "");
  return [folded, plain, stem].some((form) => common.includes(form));
}

function isLogin(password, login) {
  const [folded, own] = [password.toLowerCase(), login.toLowerCase()];
  return own !== "" && (folded === own || (own.length >= LENGTH_MIN && folded.includes(own)));
}

function strength(signs, password, broken) {
  if (!signs.length) return 0;
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const varied = new Set(signs).size > Math.floor(signs.length / 2);
  const points = Math.min(Math.floor(signs.length / 4), 4) + kinds - 3 - (varied ? 0 : 1);
  return Math.max(1, Math.min(points, broken.length ? 1 : 4));
}
