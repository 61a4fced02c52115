// The address that the browser is at, written as the server is told it.
import { useLocation } from "react-router";

export function useAddress() {
  const { pathname, search } = useLocation();
  const { pathname: path, search: query } = new URL(pathname + search, "http://here");
  return path + query;
}
