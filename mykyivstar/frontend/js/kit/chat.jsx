// A conversation: its messages, what is still on its way, and the field to write in.
// Every message has a key that is made here. Until the server has said that it is kept it stays in this tab's list,
// through reloads and lost connections, and is sent again; the server keeps each key once.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { newKey, upload } from "$/utils/kit/upload";

const AGAIN_MS = 3000;
const AGAIN_MOST_MS = 24000;
const SYNC_MS = 25000;
const TYPING_EVERY_MS = 2500;
const TYPING_SEEN_MS = 5000;
const NEAR_END_PX = 120;

function useStored(name, empty) {
  const [value, setValue] = useState(() => {
    try {
      return JSON.parse(sessionStorage.getItem(name)) ?? empty;
    } catch {
      return empty;
    }
  });
  useEffect(() => {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // no storage: a reload forgets what was not sent yet
    }
  }, [name, value]);
  return [value, setValue];
}

export function Chat(props) {
  return <OneChat key={props.code} {...props} />;
}

function OneChat(props) {
  const { code, side, kept = [], declined = {}, running, lost, lang, words, children } = props;
  const [outbox, setOutbox] = useStored(`chat:${side}:${code}`, []);
  const [draft, setDraft] = useStored(`draft:${side}:${code}`, "");
  const latest = useRef(props);
  latest.current = props;

  const say = useCallback((item) => {
    item.triedAt = Date.now();
    // Each time twice as long: a server that is slow to answer has enough to do.
    item.waits = Math.min(2 * (item.waits ?? AGAIN_MS / 2), AGAIN_MOST_MS);
    // With its address: while another conversation is being opened, this one may still be writing.
    latest.current.onSay(item.key, item.text, code);
  }, [code]);

  // What has been kept is shown by the server now.
  useEffect(() => {
    if (outbox.some(({ key }) => kept.includes(key))) setOutbox(outbox.filter(({ key }) => !kept.includes(key)));
  }, [kept, outbox]);

  useEffect(() => {
    const again = () =>
      outbox
        .filter(({ key, file, triedAt, waits }) =>
          !file && !(key in declined) && Date.now() - (triedAt ?? 0) >= (waits ?? AGAIN_MS))
        .forEach(say);
    if (lost) outbox.forEach((item) => (item.waits = undefined));
    if (!running || lost) return;
    again();
    const timer = setInterval(again, 1000);
    return () => clearInterval(timer);
  }, [outbox, declined, running, lost]);

  useEffect(() => {
    if (!running) return;
    const sync = () => document.visibilityState === "visible" && latest.current.onSync(latest.current.newest);
    const timer = setInterval(sync, SYNC_MS);
    document.addEventListener("visibilitychange", sync);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", sync);
    };
  }, [running]);

  const send = () => {
    const text = draft.trim();
    if (!text) return;
    const item = { key: newKey(), text };
    setDraft("");
    setOutbox((waiting) => [...waiting, item]);
    say(item);
  };
  const drop = (key) => setOutbox((waiting) => waiting.filter((item) => item.key !== key));
  const edit = ({ key, text }) => {
    drop(key);
    setDraft((written) => (written ? `${written}\n${text}` : text));
  };
  const attach = (file) => {
    const item = { key: newKey(), text: file.name, file: true };
    setOutbox((waiting) => [...waiting, item]);
    upload(`/api/support/${code}/files`, { key: item.key, side }, file).then((refused) => {
      if (refused === null) return;
      const mark = (each) => (each.key === item.key ? { ...each, refused: refused || words.lost } : each);
      setOutbox((waiting) => waiting.map(mark));
    });
  };

  return (
    <div className="chat">
      <Log words={words} newest={props.newest} pending={outbox.length} theirs={props.newestTheirs} onSaw={props.onSaw}>
        {children}
        {outbox.map((item) => (
          <Pending key={item.key} item={item} words={words} onDrop={drop} onEdit={edit}
            refused={item.refused ?? declined[item.key]?.[lang] ?? ""} />
        ))}
        <Typing at={props.typedAt} words={words} />
      </Log>
      {running && (
        <Composer draft={draft} setDraft={setDraft} send={send} attach={attach} words={words}
          sendIcon={props.sendIcon} fileIcon={props.fileIcon} onTyping={props.onTyping} />
      )}
    </div>
  );
}

function Log({ words, newest, pending, theirs, onSaw, children }) {
  const log = useRef(null);
  const atEnd = useRef(true);
  const shown = useRef(0);

  useLayoutEffect(() => {
    if (atEnd.current || pending > shown.current) log.current.scrollTop = log.current.scrollHeight;
    shown.current = pending;
  }, [newest, pending, children]);

  useEffect(() => {
    const look = () => theirs && document.visibilityState === "visible" && onSaw(theirs);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [theirs]);

  const onScroll = ({ currentTarget: at }) => {
    atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END_PX;
  };
  return (
    <div ref={log} className="chat-log" role="log" aria-label={words.log} tabIndex={0} onScroll={onScroll}>
      {children}
    </div>
  );
}

function Pending({ item, refused, words, onDrop, onEdit }) {
  return (
    <div className="said said-mine" data-testid="pending">
      <p className="said-text" dir="auto">{item.text}</p>
      <p className="said-about" role={refused ? "alert" : undefined}>{refused || words.sending}</p>
      {refused && (
        <p className="said-about">
          {!item.file && <button type="button" className="link-button" onClick={() => onEdit(item)}>{words.edit}</button>}
          <button type="button" className="link-button" onClick={() => onDrop(item.key)}>{words.drop}</button>
        </p>
      )}
    </div>
  );
}

function Typing({ at, words }) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    setSeen(Boolean(at));
    if (!at) return;
    const timer = setTimeout(() => setSeen(false), TYPING_SEEN_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return seen ? <p className="said-note" data-testid="typing">{words.typing}</p> : null;
}

function Composer({ draft, setDraft, send, attach, words, sendIcon, fileIcon, onTyping }) {
  const files = useRef(null);
  const typed = useRef(0);
  const onInput = ({ target }) => {
    setDraft(target.value);
    if (Date.now() - typed.current < TYPING_EVERY_MS) return;
    typed.current = Date.now();
    onTyping();
  };
  const onKeyDown = (event) => {
    // on a touch keyboard Enter is a new line, as in every other field of its kind
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    if (matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  };
  const take = (list) => Array.from(list ?? []).forEach(attach);
  return (
    <form className="chat-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <button type="button" className="icon-btn" aria-label={words.attach} title={words.attach}
        onClick={() => files.current.click()}>
        {fileIcon}
      </button>
      <input ref={files} type="file" hidden multiple accept="image/png,image/jpeg,image/webp,application/pdf"
        data-testid="chat-file" onChange={({ target }) => { take(target.files); target.value = ""; }} />
      <div className="field-box">
        <textarea id="chat-text" className="field-input" rows={1} value={draft} placeholder={words.write}
        aria-label={words.write} onChange={onInput} onKeyDown={onKeyDown}
        onPaste={({ clipboardData }) => take(clipboardData.files)} />
      </div>
      <button type="submit" className="btn btn-primary" aria-label={words.send} title={words.send}>{sendIcon}</button>
    </form>
  );
}
