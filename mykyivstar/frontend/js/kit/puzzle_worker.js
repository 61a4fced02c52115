// Solves a puzzle beside the page, so that typing stays smooth.
import { solving } from "./puzzle.js";

self.onmessage = ({ data }) => {
  const search = solving(data);
  let step = search.next();
  while (!step.done) step = search.next();
  self.postMessage(step.value);
};
