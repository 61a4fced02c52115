// A form that robots pay for: a puzzle is solved in the background from the first touch of a field on, and its solution
// goes out with the form. Whoever is quicker than the puzzle sees that the form waits, and then it goes by itself.
import { useEffect, useRef, useState } from "react";
import { solving } from "./puzzle.js";

const SLICE_MS = 30;

export function PuzzleForm({ challenge, field, wait, waitClass, children }) {
  const solved = useRef("");
  const wanted = useRef(null); // the form that waits for the solution
  const [begun, setBegun] = useState(false);
  const [waiting, setWaiting] = useState(false);

  useEffect(() => {
    solved.current = "";
    if (!begun || !challenge) return;
    return solve(challenge, (numbers) => {
      solved.current = `${challenge}~${numbers}`;
      const form = wanted.current;
      wanted.current = null;
      setWaiting(false);
      if (form?.isConnected) form.requestSubmit();
    });
  }, [begun, challenge]);

  const onSubmit = (event) => {
    event.target.elements[field].value = solved.current;
    if (solved.current) return;
    event.preventDefault();
    event.stopPropagation();
    wanted.current = event.target;
    setBegun(true);
    setWaiting(true);
  };

  return (
    <div onFocusCapture={() => setBegun(true)} onSubmitCapture={onSubmit}>
      {children}
      <p role="status" className={waitClass}>{waiting ? wait : ""}</p>
    </div>
  );
}

// Calls `done(numbers)` once; what it returns stops it.
function solve(challenge, done) {
  let worker = null, stopped = false;
  const stop = () => {
    stopped = true;
    worker?.terminate();
  };
  const here = () => {
    const search = solving(challenge);
    const slice = () => {
      if (stopped) return;
      const until = performance.now() + SLICE_MS;
      let step = search.next();
      while (!step.done && performance.now() < until) step = search.next();
      if (step.done) done(step.value);
      else setTimeout(slice);
    };
    setTimeout(slice);
  };
  try {
    worker = new Worker(new URL("./puzzle_worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (!stopped) done(data);
    };
    worker.onerror = () => {
      worker.terminate();
      if (!stopped) here(); // old browsers know no modules in workers
    };
    worker.postMessage(challenge);
  } catch {
    here();
  }
  return stop;
}
