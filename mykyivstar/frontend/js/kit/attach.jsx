// Chooses pictures and PDF and takes them to the server at once; each is in the list until it is there, or says why not.
import { useRef, useState } from "react";
import { newKey, upload } from "$/utils/kit/upload";

export function Attach({ to, words, children, onDone }) {
  const input = useRef(null);
  const [going, setGoing] = useState([]);
  const drop = (key) => setGoing((all) => all.filter((each) => each.key !== key));
  const take = (file) => {
    const key = newKey();
    setGoing((all) => [...all, { key, name: file.name, error: null }]);
    upload(to, { key }, file).then((refused) => {
      if (refused === null) {
        drop(key);
        onDone?.();
      } else {
        setGoing((all) => all.map((each) => (each.key === key ? { ...each, error: refused || words.lost } : each)));
      }
    });
  };
  return (
    <div className="stack">
      <div role="status">
        {going.map(({ key, name, error }) => (
          <p key={key} className={error ? "refusal-text" : "quiet"} data-testid="attaching">
            <span><bdi>{name}</bdi>: {error ?? words.sending}</span>
            {error && <button type="button" className="link-button" onClick={() => drop(key)}>{words.drop}</button>}
          </p>
        ))}
      </div>
      <button type="button" className="btn btn-quiet" onClick={() => input.current.click()}>{children}</button>
      <input ref={input} type="file" hidden multiple accept="image/png,image/jpeg,image/webp,application/pdf"
        data-testid="attach-file"
        onChange={({ target }) => { Array.from(target.files).forEach(take); target.value = ""; }} />
    </div>
  );
}
